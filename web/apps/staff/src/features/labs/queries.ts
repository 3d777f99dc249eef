import { get } from '@chairside/api'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

type Which = 'away' | 'overdue' | 'all'

/** Of everybody, by the day on which they are due. */
export const labCasesQuery = (clinic: string, which: Which, laboratory_id?: string) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'lab-cases', 'list', which, laboratory_id],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const query = { which, laboratory_id, cursor: pageParam, limit: 100 }
      return (await get('/clinics/{clinic}/lab-cases', { params: { path: { clinic }, query } })).data
    },
    getNextPageParam: page => page?.next_cursor ?? undefined,
  })

export const casesOfVisitQuery = (clinic: string, appointment_id: string) =>
  queryOptions({
    queryKey: [clinic, 'lab-cases', 'visit', appointment_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/lab-cases', { params: { path: { clinic }, query: { appointment_id } } })).data?.items ?? [],
  })

const OF_PATIENT = '/clinics/{clinic}/patients/{patient_id}/lab-cases'
export const casesOfPatientQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'lab-cases', patient_id],
    queryFn: async () => (await get(OF_PATIENT, { params: { path: { clinic, patient_id } } })).data?.items ?? [],
  })

export const readCase = async (clinic: string, patient_id: string, case_id: string) =>
  (await get(`${OF_PATIENT}/{case_id}`, { params: { path: { clinic, patient_id, case_id } } })).data

export const laboratoriesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'laboratories'],
    queryFn: async () => (await get('/clinics/{clinic}/labs', { params: { path: { clinic } } })).data?.items ?? [],
  })

export const labSlip = (clinic: string, patient: string, id: string) =>
  `/api/v1/clinics/${clinic}/patients/${patient}/lab-cases/${id}/slip`
