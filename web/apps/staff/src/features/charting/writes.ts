import { change, type Finding, type NewFinding, type ToothChart } from '@chairside/api'

const touches = ['tooth-chart']
type Target = Pick<Finding, 'id' | 'version'>
const toward = (clinic: string, patient_id: string, { id, version }: Target) => ({
  params: { clinic, patient_id, finding_id: id },
  thing: id,
  version,
  touches,
})

export const recordFindings = (clinic: string, patient_id: string, body: NewFinding) =>
  change('post', '/clinics/{clinic}/patients/{patient_id}/tooth-chart/findings', {
    params: { clinic, patient_id },
    touches,
    body,
  })

export const strikeFinding = (clinic: string, patient: string, finding: Target, reason: string) =>
  change('post', '/clinics/{clinic}/patients/{patient_id}/tooth-chart/findings/{finding_id}/strike', {
    ...toward(clinic, patient, finding),
    body: { reason },
  })
export const restoreFinding = (clinic: string, patient: string, finding: Target) =>
  change(
    'delete',
    '/clinics/{clinic}/patients/{patient_id}/tooth-chart/findings/{finding_id}/strike',
    toward(clinic, patient, finding),
  )

export const completeFinding = (clinic: string, patient: string, finding: Target) =>
  change('post', '/clinics/{clinic}/patients/{patient_id}/tooth-chart/findings/{finding_id}/completion', {
    ...toward(clinic, patient, finding),
    body: {},
  })

export const setStage = (clinic: string, patient_id: string, stage: ToothChart['stage_set']) =>
  change('put', '/clinics/{clinic}/patients/{patient_id}/tooth-chart/stage', {
    params: { clinic, patient_id },
    touches,
    body: { stage },
  })
