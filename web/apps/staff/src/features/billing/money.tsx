import type { Money as Sum } from '@chairside/api'
import { cn } from '@chairside/ui'
import { useWriting } from '@/lib/clinic'

/** An amount, kept apart from the words around it, whichever way they run. */
export function Money({ of, className }: { of: Sum; className?: string }) {
  const writing = useWriting()
  return <bdi className={cn('whitespace-nowrap', className)}>{writing.money(of)}</bdi>
}
