import { get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

/** Under the clinic's key, because a change of them is one of the clinic. */
export const rulesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'clinic', 'sign-in-rules'],
    queryFn: async () => {
      const { data } = await get('/clinics/{clinic}/sign-in-rules', { params: { path: { clinic } } })
      return data as NonNullable<typeof data>
    },
  })

/** Signing in announces nothing, so that a timer looks besides. */
export const sessionsQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'members', 'sessions'],
    queryFn: async () => (await get('/clinics/{clinic}/sessions', { params: { path: { clinic } } })).data?.items ?? [],
    refetchInterval: 30_000,
  })

export const recordRulesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'clinic', 'record-rules'],
    queryFn: async () => {
      const { data } = await get('/clinics/{clinic}/record-rules', { params: { path: { clinic } } })
      return data as NonNullable<typeof data>
    },
  })
