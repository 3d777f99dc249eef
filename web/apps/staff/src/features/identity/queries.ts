import { change, get, type Security } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'
import { queryClient, send } from '@/lib/server'
import { sessionQuery } from '@/lib/session'
import type { Given, Way } from './proof/proof'

/** What somebody proves themselves with: the same wherever they work. */
export const securityQuery = queryOptions({
  queryKey: ['person', 'security'],
  queryFn: async () => (await get('/person/security')).data as Security,
})

/** What counts as fresh proof: the password only of whoever has nothing else. */
export const waysOf = ({ has_totp, has_password, passkeys }: Security): Way[] => {
  const more: Way[] = [...(passkeys.length ? (['passkey'] as const) : []), ...(has_totp ? (['code'] as const) : [])]
  return more.length || !has_password ? more : ['password']
}

export const askProof = () => send(change('post', '/session/proof-challenges', { params: {}, touches: [] }))

/** Good for five minutes; it unlocks the screen, too. */
export async function prove(given: Given) {
  const session = await send(change('post', '/session/proof', { params: {}, body: given, touches: [] }))
  queryClient.setQueryData(sessionQuery.queryKey, session)
  return session
}
