import { change, type PerioCells, type PerioHead } from '@chairside/api'

const HOME = '/clinics/{clinic}/patients/{patient_id}/perio-exams'
const touches = ['perio-exams']
export type Target = Pick<PerioHead, 'id' | 'version'>
const toward = (clinic: string, patient_id: string, { id, version }: Target) => ({
  params: { clinic, patient_id, exam_id: id },
  thing: id,
  version,
  touches,
})

export const beginExam = (clinic: string, patient_id: string, provider_id: string | undefined) =>
  change('post', HOME, { params: { clinic, patient_id }, touches, body: { provider_id } as PerioCells })

/** While somebody types, what they said is known here: nothing is read again for it. */
export const measureExam = (clinic: string, patient: string, exam: Target, body: PerioCells) =>
  change('patch', `${HOME}/{exam_id}`, { ...toward(clinic, patient, exam), touches: [], body })

export const signExam = (clinic: string, patient: string, exam: Target) =>
  change('post', `${HOME}/{exam_id}/signature`, toward(clinic, patient, exam))

export const strikeExam = (clinic: string, patient: string, exam: Target, reason: string) =>
  change('post', `${HOME}/{exam_id}/strike`, { ...toward(clinic, patient, exam), body: { reason } })
export const restoreExam = (clinic: string, patient: string, exam: Target) =>
  change('delete', `${HOME}/{exam_id}/strike`, toward(clinic, patient, exam))
