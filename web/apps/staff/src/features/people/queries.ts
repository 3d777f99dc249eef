import { ask, get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

export const rolesQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'members', 'roles'],
    queryFn: async () => (await get('/clinics/{clinic}/roles', { params: { path: { clinic } } })).data?.items ?? [],
    staleTime: 300_000,
  })

/** A job hands it over: until that is done it will be something else soon. */
export const isOnItsWay = (status?: string) => status === 'queued' || status === 'sending'

/** Each with what became of its newest letter. */
export const invitationsQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'members', 'invitations'],
    queryFn: async () => {
      const params = { params: { path: { clinic } } }
      const [invitations, letters] = await Promise.all([
        get('/clinics/{clinic}/invitations', params),
        get('/clinics/{clinic}/invitation-letters', params),
      ])
      const of = new Map((letters.data?.items ?? []).map(letter => [letter.invitation_id, letter]))
      return (invitations.data?.items ?? []).map(one => ({ ...one, letter: of.get(one.id) }))
    },
    // Until its letter has gone or failed: a job sends it, and nobody has to press anything to see it.
    refetchInterval: query => (query.state.data?.some(one => isOnItsWay(one.letter?.status)) ? 2_000 : false),
  })

/** What a link offers; the token stays in the body. */
export const invitedQuery = (token: string) =>
  queryOptions({
    queryKey: ['invited', token],
    queryFn: async () => (await ask('/invitations/lookups', { body: { token } })).data,
    staleTime: Infinity,
    retry: false,
  })

export const lettersQuery = queryOptions({
  queryKey: ['mailbox'],
  queryFn: async () => (await get('/mailbox')).data?.items ?? [],
  refetchInterval: 2_000,
})

export type Invitation = Awaited<ReturnType<NonNullable<ReturnType<typeof invitationsQuery>['queryFn']>>>[number]
