import { get } from '@chairside/api'
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

export const overridesQuery = (clinic: string, provider_id: string) =>
  queryOptions({
    queryKey: [clinic, 'overrides', provider_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/providers/{provider_id}/overrides', { params: { path: { clinic, provider_id } } })).data
        ?.items ?? [],
  })

export const holidaysQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'holidays'],
    queryFn: async () => (await get('/clinics/{clinic}/holidays', { params: { path: { clinic } } })).data?.items ?? [],
  })
