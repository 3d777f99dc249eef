import {
  type Appointment,
  type Explanation,
  get,
  type Operatory,
  type Provider,
  type Schedule,
  type Service,
  type Week,
} from '@chairside/api'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

export type By = 'operatory' | 'provider'

export const scheduleQuery = (clinic: string, date: string, by: By) =>
  queryOptions({
    queryKey: [clinic, 'schedule', date, by],
    queryFn: async () =>
      (await get('/clinics/{clinic}/schedule', { params: { path: { clinic }, query: { date, by } } })).data as Schedule,
    // The same day in other columns may stand there meanwhile; another day's visits under this date may not.
    placeholderData: (before: Schedule | undefined) => (before?.date === date ? before : undefined),
    refetchOnWindowFocus: 'always',
  })

/** Of one provider or operatory; of all without `of`. */
export const weekQuery = (clinic: string, from: string, to: string, by: By, of?: string) =>
  queryOptions({
    queryKey: [clinic, 'schedule', 'week', from, to, by, of],
    queryFn: async () =>
      (await get('/clinics/{clinic}/schedule/week', { params: { path: { clinic }, query: { from, to, by, of } } })).data as Week,
    refetchOnWindowFocus: 'always',
  })

/** Who works here, where, and what they do: changes rarely, so it is read once. */
export const resourcesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'resources'],
    staleTime: 10 * 60_000,
    queryFn: async () => {
      const params = { params: { path: { clinic }, query: { limit: 200 } } }
      const [providers, operatories, services] = await Promise.all([
        get('/clinics/{clinic}/providers', params),
        get('/clinics/{clinic}/operatories', params),
        get('/clinics/{clinic}/services', params),
      ])
      return {
        providers: providers.data?.items ?? [],
        operatories: operatories.data?.items ?? [],
        services: services.data?.items ?? [],
      }
    },
  })

export type Resources = {
  providers: Provider[]
  operatories: Operatory[]
  services: Service[]
}

/** One visit, on whatever day it is. */
export const visitQuery = (clinic: string, appointment_id: string) =>
  queryOptions({
    queryKey: [clinic, 'visits', 'one', appointment_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/appointments/{appointment_id}', { params: { path: { clinic, appointment_id } } }))
        .data as Appointment,
  })

export const visitsQuery = (clinic: string, patient: string) =>
  queryOptions({
    queryKey: [clinic, 'visits', patient],
    queryFn: async () =>
      (await get('/clinics/{clinic}/appointments', { params: { path: { clinic }, query: { patient_id: patient, limit: 200 } } }))
        .data?.items ?? [],
  })

/** When it was booked and what became of it, by whom. */
export const historyQuery = (clinic: string, appointment_id: string) =>
  queryOptions({
    queryKey: [clinic, 'visits', 'history', appointment_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/appointments/{appointment_id}/history', { params: { path: { clinic, appointment_id } } }))
        .data?.items ?? [],
  })

/** What goes with the patient through the practice, on paper: opened by the browser. */
export const slipOf = (clinic: string, appointment_id: string) =>
  `/api/v1/clinics/${clinic}/reports/route-slips?appointment_id=${appointment_id}`

/** What was done at a visit, as it was charged. */
export const readDone = async (clinic: string, appointment_id: string) =>
  (await get('/clinics/{clinic}/appointments/{appointment_id}/completed-items', { params: { path: { clinic, appointment_id } } }))
    .data?.items ?? []

/** Who works here, by name. */
export const colleaguesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'colleagues'],
    staleTime: 10 * 60_000,
    queryFn: async () => (await get('/clinics/{clinic}/colleagues', { params: { path: { clinic } } })).data?.items ?? [],
  })

/** A visit without a time yet. Minutes count where it is not as long as its reason. */
export type Sought = {
  calendar_id?: string
  service_id?: string
  duration_minutes?: number
  provider_id?: string[]
  operatory_id?: string
  patient_id?: string
  appointment_id?: string
  /** Minutes; a quarter of an hour where it is not said. */
  increment?: number
}
export type When = { from: string; to: string; earliest?: string; latest?: string }
const AT_ONCE = 240

/** When it could be, page by page. */
export const openingsQuery = (clinic: string, sought: Sought, { from, to, earliest, latest }: When) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'openings', sought, from, to, earliest, latest],
    queryFn: async ({ pageParam }) => {
      const query = { ...sought, from: pageParam, to, earliest, latest, limit: AT_ONCE }
      const { data } = await get('/clinics/{clinic}/availability', { params: { path: { clinic }, query } })
      return data ?? { slots: [], next_from: null }
    },
    initialPageParam: from,
    getNextPageParam: page => page.next_from,
    staleTime: 0,
  })

/** Who could come at a free time. */
export const candidatesQuery = (clinic: string, time: { provider_id: string; starts_at: string; ends_at: string }) =>
  queryOptions({
    queryKey: [clinic, 'openings', 'candidates', time],
    queryFn: async () =>
      (await get('/clinics/{clinic}/candidates', { params: { path: { clinic }, query: time } })).data?.items ?? [],
    staleTime: 0,
  })

/** Whether a free time is on offer, or was; the newest first. */
export const fillsQuery = (clinic: string, time: { provider_id: string; starts_at: string; ends_at: string }) =>
  queryOptions({
    queryKey: [clinic, 'openings', 'fills', time],
    queryFn: async () =>
      (await get('/clinics/{clinic}/opening-fills', { params: { path: { clinic }, query: time } })).data?.items ?? [],
    staleTime: 0,
  })

/** Why it could not be then. */
export const explanationQuery = (clinic: string, sought: Sought, at: string) =>
  queryOptions({
    queryKey: [clinic, 'openings', 'why', sought, at],
    queryFn: async () =>
      (await get('/clinics/{clinic}/availability/explanation', { params: { path: { clinic }, query: { ...sought, at } } }))
        .data as Explanation,
    staleTime: 0,
  })
