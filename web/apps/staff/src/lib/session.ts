import { change, get, Refused, type Session } from '@chairside/api'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { queryClient, send } from './server'

async function whoAmI(): Promise<Session | null> {
  try {
    return (await get('/session')).data ?? null
  } catch (error) {
    if (error instanceof Refused && error.problem.status === 401) return null
    throw error
  }
}

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({ queryKey: ['session'], staleTime: Infinity, queryFn: whoAmI })

/** How long the session lasts now; null when it has ended. The screen keeps showing whose it was until they are back. */
export async function lookAtSession() {
  const session = await whoAmI()
  if (session) queryClient.setQueryData(sessionQuery.queryKey, session)
  return session
}

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
  const session = await send(change('post', '/session/renewal', { params: {}, touches: [] }))
  queryClient.setQueryData(sessionQuery.queryKey, session)
}
