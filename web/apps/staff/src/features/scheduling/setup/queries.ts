import { get, type HolidaySuggestions, type WholeProvider } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

/** The usual week of the clinic, or of one provider; null: the provider follows the clinic. */
export const hoursQuery = (clinic: string, provider_id?: string) =>
  queryOptions({
    queryKey: [clinic, 'hours', provider_id ?? 'clinic'],
    queryFn: async () =>
      provider_id
        ? (await get('/clinics/{clinic}/providers/{provider_id}/hours', { params: { path: { clinic, provider_id } } })).data
        : (await get('/clinics/{clinic}/hours', { params: { path: { clinic } } })).data,
  })

/** With the DEA number, which no list has: read anew each time, and kept nowhere. */
export const providerQuery = (clinic: string, provider_id: string) =>
  queryOptions({
    queryKey: [clinic, 'providers', provider_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/providers/{provider_id}', { params: { path: { clinic, provider_id } } }))
        .data as WholeProvider,
    staleTime: 0,
    gcTime: 0,
  })

export const licencesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'licences'],
    queryFn: async () => (await get('/clinics/{clinic}/licences', { params: { path: { clinic } } })).data?.items ?? [],
  })

export const signatureQuery = (clinic: string, provider_id: string) =>
  queryOptions({
    queryKey: [clinic, 'signatures', provider_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/providers/{provider_id}/signature', { params: { path: { clinic, provider_id } } })).data,
    gcTime: 0,
  })

export const overridesQuery = (clinic: string, provider_id: string) =>
  queryOptions({
    queryKey: [clinic, 'overrides', provider_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/providers/{provider_id}/overrides', { params: { path: { clinic, provider_id } } })).data
        ?.items ?? [],
  })

export const vacationsQuery = (clinic: string, provider_id: string) =>
  queryOptions({
    queryKey: [clinic, 'overrides', provider_id, 'vacations'],
    queryFn: async () =>
      (await get('/clinics/{clinic}/providers/{provider_id}/vacations', { params: { path: { clinic, provider_id } } })).data
        ?.items ?? [],
  })

export const travelsQuery = (clinic: string, provider_id: string) =>
  queryOptions({
    queryKey: [clinic, 'overrides', provider_id, 'travels'],
    queryFn: async () =>
      (await get('/clinics/{clinic}/providers/{provider_id}/travels', { params: { path: { clinic, provider_id } } })).data
        ?.items ?? [],
  })

/** Whom a vacation would leave waiting. */
export const bookedQuery = (clinic: string, provider_id: string, from: string, to: string) =>
  queryOptions({
    queryKey: [clinic, 'schedule', 'booked', provider_id, from, to],
    queryFn: async () =>
      (
        await get('/clinics/{clinic}/providers/{provider_id}/booked-visits', {
          params: { path: { clinic, provider_id }, query: { from, to } },
        })
      ).data?.items ?? [],
  })

/** Addresses at which calendar programs fetch: one's own, and everybody's for whoever runs the practice. */
export const feedsQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'calendar-feeds'],
    queryFn: async () => (await get('/clinics/{clinic}/calendar-feeds', { params: { path: { clinic } } })).data?.items ?? [],
  })

/** Calendars that providers keep elsewhere: one's own, and everybody's for whoever runs the practice. */
export const outsideQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'outside-calendars'],
    queryFn: async () =>
      (await get('/clinics/{clinic}/outside-calendars', { params: { path: { clinic } } })).data ?? { items: [], kinds: [] },
  })

/** Public holidays to choose from; without a country, of the one in which the clinic seems to be. */
export const suggestionsQuery = (clinic: string, year: number, country?: string, region?: string) =>
  queryOptions({
    queryKey: [clinic, 'holidays', 'suggested', year, country, region],
    queryFn: async () =>
      (await get('/clinics/{clinic}/holiday-suggestions', { params: { path: { clinic }, query: { year, country, region } } }))
        .data as HolidaySuggestions,
  })

export const holidaysQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'holidays'],
    queryFn: async () => (await get('/clinics/{clinic}/holidays', { params: { path: { clinic } } })).data?.items ?? [],
  })
