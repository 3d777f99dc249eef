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
  // Twice: the first may have left with the cookie of a moment ago.
  const session = (await whoAmI()) ?? (await whoAmI())
  if (session) queryClient.setQueryData(sessionQuery.queryKey, session)
  return session
}

/** Under `/c/$clinic` there is always someone: the route sees to it. */
export const useSession = () => useSuspenseQuery(sessionQuery).data as Session

/** Whose session it is from now on. */
export const keep = (session: Session) => {
  queryClient.setQueryData(sessionQuery.queryKey, session)
  return session
}

/** Whoever has a second factor is told `SecondFactorNeeded`, and sends the same again with its code. */
export const signIn = async (email: string, password: string, code?: string) =>
  keep(await send(change('post', '/session', { params: {}, body: { email, password, code }, touches: [] })))

/** Everything read is forgotten before the next person sits down. */
export async function signOut() {
  await send(change('delete', '/session', { params: {}, touches: [] }))
  queryClient.clear()
  queryClient.setQueryData(sessionQuery.queryKey, null)
}

export async function stay() {
  keep(await send(change('post', '/session/renewal', { params: {}, touches: [] })))
}
