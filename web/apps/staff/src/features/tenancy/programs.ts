import { get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

/** A program's key was last used when it last asked something, which is announced to nobody either. */
export const programsQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'members', 'programs'],
    queryFn: async () => (await get('/clinics/{clinic}/service-accounts', { params: { path: { clinic } } })).data?.items ?? [],
    refetchInterval: 60_000,
  })
