import { Button } from '@chairside/ui'
import { UsersRound } from 'lucide-react'
import { useTranslations } from 'use-intl'
import type { Visit } from '../model'
import { takenOf } from './blocks'

/** Of which session the visit is a seat, and the way back to all of it. */
export default function SeatPart({ block, onOpen }: { block: Visit; onOpen: () => void }) {
  const t = useTranslations('groups')
  const schedule = useTranslations('schedule')
  const { session, seats = [] } = block
  if (!session) return null
  const taken = takenOf(seats.map(seat => seat.visit))
  return (
    <section aria-label={t('part')} className="grid gap-2 border-t pt-3 text-sm">
      <p className="flex items-center gap-2 font-medium">
        <UsersRound aria-hidden className="size-4 shrink-0 text-muted-foreground" />
        <bdi className="truncate">{session.name}</bdi>
        <span className="ms-auto shrink-0 font-normal text-muted-foreground tabular-nums">
          {schedule('group.seatsOf', { taken, capacity: session.capacity })}
        </span>
      </p>
      <Button variant="outline" className="justify-start" onClick={onOpen}>
        {t('whole')}
      </Button>
    </section>
  )
}
