import { type Appointment, get, type Operatory, type Provider, type Schedule, type Service, type Week } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

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
