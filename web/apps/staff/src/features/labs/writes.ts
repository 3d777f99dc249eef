import { change, type LabStep, type NewLabCase, type NewLaboratory } from '@chairside/api'

const PATH = '/clinics/{clinic}/patients/{patient_id}/lab-cases'
const touches = ['lab-cases']
export type Target = { id: string; patient_id: string; version: number }
const toward = (clinic: string, { id, patient_id, version }: Target) => ({
  params: { clinic, patient_id, case_id: id },
  thing: id,
  version,
  touches,
})

export const planCase = (clinic: string, patient_id: string, body: NewLabCase) =>
  change('post', PATH, { params: { clinic, patient_id }, touches, body })
export const changeCase = (clinic: string, one: Target, body: Partial<NewLabCase>) =>
  change('patch', `${PATH}/{case_id}`, { ...toward(clinic, one), body: body as { work?: 'other' } })
export const takeStep = (clinic: string, one: Target, step: LabStep, reason?: string) =>
  change('post', `${PATH}/{case_id}/steps`, { ...toward(clinic, one), body: { step, reason: reason ?? null } })
export const takeStepBack = (clinic: string, one: Target) => change('delete', `${PATH}/{case_id}/steps/last`, toward(clinic, one))

export const addLaboratory = (clinic: string, body: NewLaboratory) =>
  change('post', '/clinics/{clinic}/labs', { params: { clinic }, touches: ['laboratories'], body })
export const changeLaboratory = (
  clinic: string,
  { id, version }: { id: string; version: number },
  body: Partial<NewLaboratory & { active: boolean }>,
) =>
  change('patch', '/clinics/{clinic}/labs/{laboratory_id}', {
    params: { clinic, laboratory_id: id },
    thing: id,
    version,
    touches: ['laboratories', 'lab-cases'],
    body: body as { name?: string },
  })
