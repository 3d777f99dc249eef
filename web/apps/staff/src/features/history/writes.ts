import { change, type HistoryEntry, type MedicalHistory, type NewHistoryEntry } from '@chairside/api'

const touches = ['history', 'alerts']
export type Kind = HistoryEntry['kind']
export type EntryFacts = Omit<NewHistoryEntry, 'kind'>
type Target = Pick<HistoryEntry, 'id' | 'patient_id' | 'version'>
type Whole = Pick<MedicalHistory, 'patient_id' | 'version'>
const toward = (clinic: string, { id, patient_id, version }: Target) => ({
  params: { clinic, patient_id, entry_id: id },
  thing: id,
  version,
  touches,
})

export const addEntry = (clinic: string, patient_id: string, body: NewHistoryEntry) =>
  change('post', '/clinics/{clinic}/patients/{patient_id}/medical-history/entries', {
    params: { clinic, patient_id },
    touches,
    body,
  })
export const changeEntry = (clinic: string, entry: Target, body: Partial<EntryFacts>) =>
  change('patch', '/clinics/{clinic}/patients/{patient_id}/medical-history/entries/{entry_id}', {
    ...toward(clinic, entry),
    body: body as { anticoagulant?: boolean },
  })

export const endEntry = (clinic: string, entry: Target, body: { until?: string; reason?: string } = {}) =>
  change('post', '/clinics/{clinic}/patients/{patient_id}/medical-history/entries/{entry_id}/end', {
    ...toward(clinic, entry),
    body,
  })
export const resumeEntry = (clinic: string, entry: Target) =>
  change('delete', '/clinics/{clinic}/patients/{patient_id}/medical-history/entries/{entry_id}/end', toward(clinic, entry))

export const strikeEntry = (clinic: string, entry: Target, reason: string) =>
  change('post', '/clinics/{clinic}/patients/{patient_id}/medical-history/entries/{entry_id}/strike', {
    ...toward(clinic, entry),
    body: { reason },
  })
export const restoreEntry = (clinic: string, entry: Target) =>
  change('delete', '/clinics/{clinic}/patients/{patient_id}/medical-history/entries/{entry_id}/strike', toward(clinic, entry))

/** What was asked and is not there needs no version: that there is some is refused in any case. */
export const sayNone = (clinic: string, patient_id: string, kind: Kind) =>
  change('put', '/clinics/{clinic}/patients/{patient_id}/medical-history/none/{kind}', {
    params: { clinic, patient_id, kind },
    touches,
  })
export const askAgain = (clinic: string, patient_id: string, kind: Kind) =>
  change('delete', '/clinics/{clinic}/patients/{patient_id}/medical-history/none/{kind}', {
    params: { clinic, patient_id, kind },
    touches,
  })

/** Of what was seen: who changed it meanwhile is shown first. */
export const reviewHistory = (clinic: string, { patient_id, version }: Whole) =>
  change('post', '/clinics/{clinic}/patients/{patient_id}/medical-history/reviews', {
    params: { clinic, patient_id },
    version,
    touches,
  })
