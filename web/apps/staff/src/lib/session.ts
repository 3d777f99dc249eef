import { change, get, Refused, type Session } from '@chairside/api'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { queryClient, send } from './server'

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  staleTime: 5 * 60_000,
  queryFn: async (): Promise<Session | null> => {
    try {
      return (await get('/session')).data ?? null
    } catch (error) {
      if (error instanceof Refused && error.problem.status === 401) return null
      throw error
    }
  },
})

/** Under `/c/$clinic` there is always someone: the route sees to it. */
export const useSession = () => useSuspenseQuery(sessionQuery).data as Session

export async function signIn(email: string, password: string) {
  const session = await send(change('post', '/session', { params: {}, body: { email, password }, touches: [] }))
  queryClient.setQueryData(sessionQuery.queryKey, session)
  return session
}

/** Everything read is forgotten before the next person sits down. */
export async function signOut() {
  await send(change('delete', '/session', { params: {}, touches: [] }))
  queryClient.clear()
  queryClient.setQueryData(sessionQuery.queryKey, null)
}

export async function stay() {
  const session = await send(change('post', '/session/activity', { params: {}, touches: [] }))
  queryClient.setQueryData(sessionQuery.queryKey, session)
}
