import { useTouch } from '@/lib/live'

/** On a visit that somebody else changed just now: their name, for a moment. */
export function TouchedBy({ id }: { id: string }) {
  const who = useTouch(id)
  if (!who) return null
  return (
    <span aria-hidden className="touched">
      <bdi>{who}</bdi>
    </span>
  )
}
