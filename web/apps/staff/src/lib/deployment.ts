import { get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

/** What anyone may know of this installation before signing in. */
export const deploymentQuery = queryOptions({
  queryKey: ['deployment'],
  staleTime: Infinity,
  queryFn: async () => (await get('/deployment')).data,
})

/** To a mail server or to the mailbox of development; until it is known, as everywhere. */
export const sendsLetters = (found?: { mail: boolean; mailbox: boolean }) => !found || found.mail || found.mailbox
