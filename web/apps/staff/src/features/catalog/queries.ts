import { get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

/** Everything the clinic does, what it no longer does included. */
export const servicesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'resources', 'services'],
    queryFn: async () =>
      (await get('/clinics/{clinic}/services', { params: { path: { clinic }, query: { limit: 200 } } })).data?.items ?? [],
  })
