import { ask, get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

export const permissionsQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'members', 'permissions'],
    queryFn: async () => (await get('/clinics/{clinic}/permissions', { params: { path: { clinic } } })).data?.items ?? [],
    staleTime: 300_000,
  })

type Draft = { permissions?: string[]; replacement?: string }

/** Who would gain and lose what. */
export async function differences(clinic: string, role: string, draft: Draft) {
  const path = '/clinics/{clinic}/roles/{role}/differences'
  return (await ask(path, { params: { path: { clinic, role } }, body: draft })).data?.items ?? []
}

export const differencesQuery = (clinic: string, role: string, draft: Draft) =>
  queryOptions({
    queryKey: [clinic, 'role-differences', role, draft],
    queryFn: () => differences(clinic, role, draft),
    staleTime: 0,
  })
