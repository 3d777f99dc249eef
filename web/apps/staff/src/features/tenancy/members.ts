import { get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

/** Everyone who works here, the suspended last. */
export const membersQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'members'],
    queryFn: async () => (await get('/clinics/{clinic}/members', { params: { path: { clinic } } })).data?.items ?? [],
  })
