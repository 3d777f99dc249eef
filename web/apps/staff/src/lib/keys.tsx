import { useKeysOf } from '@chairside/commands'
import { Kbd } from '@chairside/ui'

/** The keys of a command as this person has them; nothing where it has none. */
export function Keys({ of, className }: { of: string; className?: string }) {
  const keys = useKeysOf(of)
  return keys ? <Kbd keys={keys} className={className} /> : null
}
