import { ask, get } from '@chairside/api'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

const PATH = '/clinics/{clinic}/patients/{patient_id}/prescriptions'

/** Of a patient, the newest first. */
export const prescriptionsQuery = (clinic: string, patient_id: string) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'prescriptions', patient_id],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const query = { cursor: pageParam, limit: 30 }
      return (await get(PATH, { params: { path: { clinic, patient_id }, query } })).data
    },
    getNextPageParam: page => page?.next_cursor ?? undefined,
  })

export const readPrescription = async (clinic: string, patient_id: string, prescription_id: string) =>
  (await get(`${PATH}/{prescription_id}`, { params: { path: { clinic, patient_id, prescription_id } } })).data

export const favouritesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'prescription-favourites'],
    queryFn: async () =>
      (await get('/clinics/{clinic}/prescription-favourites', { params: { path: { clinic } } })).data?.items ?? [],
  })

/** What of the patient's own list speaks against a drug; beneath their history, with which it changes. */
export const warningsQuery = (clinic: string, patient_id: string, drug: string) =>
  queryOptions({
    queryKey: [clinic, 'history', patient_id, 'against', drug],
    enabled: drug.length > 2,
    queryFn: async () => (await ask(`${PATH}/warnings`, { params: { path: { clinic, patient_id } }, body: { drug } })).data,
  })

export const prescriptionPaper = (clinic: string, patient: string, id: string) =>
  `/api/v1/clinics/${clinic}/patients/${patient}/prescriptions/${id}/pdf`
