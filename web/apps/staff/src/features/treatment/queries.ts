import { get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

const PATH = '/clinics/{clinic}/patients/{patient_id}/treatment-plans'

export const plansQuery = (clinic: string, patient_id: string) =>
  queryOptions({
    queryKey: [clinic, 'treatment-plans', patient_id],
    queryFn: async () => (await get(PATH, { params: { path: { clinic, patient_id } } })).data?.items ?? [],
  })

/** A version that was shown: what it says never changes, and whether it is signed does once. */
export const presentationQuery = (clinic: string, patient_id: string, plan_id: string, number: number) =>
  queryOptions({
    queryKey: [clinic, 'treatment-plans', patient_id, plan_id, number],
    queryFn: async () => {
      const path = { clinic, patient_id, plan_id, number: String(number) }
      return (await get(`${PATH}/{plan_id}/presentation/{number}`, { params: { path } })).data
    },
  })

export const unscheduledQuery = (clinic: string, sort: 'value' | 'age') =>
  queryOptions({
    queryKey: [clinic, 'unscheduled-treatment', sort],
    queryFn: async () =>
      (await get('/clinics/{clinic}/unscheduled-treatment', { params: { path: { clinic }, query: { sort } } })).data?.items ?? [],
  })

/** The first free times for somebody, as long as a visit of the item takes. */
export const timesQuery = (
  clinic: string,
  asked: { patient_id: string; provider_id?: string; duration_minutes: number; from: string; to: string },
) =>
  queryOptions({
    queryKey: [clinic, 'openings', 'treatment', asked],
    queryFn: async () => {
      const query = { ...asked, provider_id: asked.provider_id ? [asked.provider_id] : undefined, limit: 12 }
      return (await get('/clinics/{clinic}/availability', { params: { path: { clinic }, query } })).data?.slots ?? []
    },
    staleTime: 0,
  })

export const planPaper = (clinic: string, patient: string, plan: string, number: number) =>
  `/api/v1/clinics/${clinic}/patients/${patient}/treatment-plans/${plan}/presentation/${number}/pdf`
