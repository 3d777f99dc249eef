import { change, get, type MergeKeep, type MergePreview } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

const PATH = '/clinics/{clinic}/patients/{patient_id}/merges'
/** A merge moves whatever names a patient. */
const touches = ['patients', 'visits', 'schedule', 'today', 'ledger', 'charges', 'invoices', 'payments']

/** Under the patient's key, because a change of it is announced as one of the patient. */
export const mergesQuery = (clinic: string, patient: string) =>
  queryOptions({
    queryKey: [clinic, 'patients', patient, 'merges'],
    queryFn: async () => (await get(PATH, { params: { path: { clinic, patient_id: patient } } })).data?.items ?? [],
  })

/** Not under the patient's key: once the two are one there is nothing left to compare. */
export const previewQuery = (clinic: string, patient: string, duplicate: string) =>
  queryOptions({
    queryKey: [clinic, 'merging', patient, duplicate],
    queryFn: async () =>
      (
        await get('/clinics/{clinic}/patients/{patient_id}/merges/preview', {
          params: { path: { clinic, patient_id: patient }, query: { duplicate_id: duplicate } },
        })
      ).data as MergePreview,
    staleTime: 0,
  })

export const mergePatients = (clinic: string, patient_id: string, version: number, duplicate_id: string, keep: MergeKeep) =>
  change('post', PATH, { params: { clinic, patient_id }, touches, version, body: { duplicate_id, keep } })

export const takeApart = (clinic: string, patient_id: string, merge_id: string) =>
  change('delete', '/clinics/{clinic}/patients/{patient_id}/merges/{merge_id}', {
    params: { clinic, patient_id, merge_id },
    touches,
  })
