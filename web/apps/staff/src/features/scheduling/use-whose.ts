import { useMay } from '@/lib/clinic'
import { useSession } from '@/lib/session'
import type { Resources } from './queries'

/** Whose visits the person at the screen may change: everybody's, or those of the provider that they are. The server decides again. */
export function useWhose(resources: Resources | undefined) {
  const everybodys = useMay('scheduling.book')
  const own = useMay('scheduling.book_own')
  const me = useSession().principal.id
  const providers = resources?.providers ?? []
  const bookable = everybodys ? providers : own ? providers.filter(one => one.member_id === me) : []
  return {
    mayBook: everybodys || bookable.length > 0,
    mayBookFor: (provider_id: string) => bookable.some(one => one.id === provider_id),
    bookable: resources && { ...resources, providers: bookable },
  }
}
