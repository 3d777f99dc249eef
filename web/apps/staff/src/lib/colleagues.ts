import { get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'
import { queryClient } from './server'

/** Who works here, by name. */
export const colleaguesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'colleagues'],
    staleTime: Infinity,
    queryFn: async () => (await get('/clinics/{clinic}/colleagues', { params: { path: { clinic } } })).data?.items ?? [],
  })

/** What somebody who works here is called; asked again for somebody who is new. */
export async function nameOfColleague(clinic: string, id: string): Promise<string | undefined> {
  const query = colleaguesQuery(clinic)
  const find = (all: { id: string; name: string }[]) => all.find(one => one.id === id)?.name
  const known = find(await queryClient.ensureQueryData(query))
  return known ?? find(await queryClient.fetchQuery({ ...query, staleTime: 60_000 }))
}
