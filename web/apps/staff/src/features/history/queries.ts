import { get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

const PATH = '/clinics/{clinic}/patients/{patient_id}/medical-history'
const of = (clinic: string, patient_id: string) => ({ params: { path: { clinic, patient_id } } })

/** What stands on every screen of the patient. */
export const alertsQuery = (clinic: string, patient: string) =>
  queryOptions({
    queryKey: [clinic, 'alerts', patient],
    queryFn: async () => (await get('/clinics/{clinic}/patients/{patient_id}/alerts', of(clinic, patient))).data,
  })

export const historyQuery = (clinic: string, patient: string) =>
  queryOptions({
    queryKey: [clinic, 'history', patient],
    queryFn: async () => (await get(PATH, of(clinic, patient))).data,
  })

/** The latest two hundred. */
export const versionsQuery = (clinic: string, patient: string) =>
  queryOptions({
    queryKey: [clinic, 'history', patient, 'versions'],
    queryFn: async () => {
      const { data } = await get(`${PATH}/versions`, { params: { path: { clinic, patient_id: patient }, query: { limit: 200 } } })
      return data?.items ?? []
    },
  })

export const differenceQuery = (clinic: string, patient: string, since: number, number: number) =>
  queryOptions({
    queryKey: [clinic, 'history', patient, 'difference', since, number],
    queryFn: async () => {
      const path = { clinic, patient_id: patient, number: String(number) }
      return (await get(`${PATH}/versions/{number}/difference`, { params: { path, query: { since } } })).data
    },
    // Versions never change.
    staleTime: Infinity,
  })
