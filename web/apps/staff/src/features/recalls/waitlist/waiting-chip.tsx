import type { Waiting } from '@chairside/api'
import { Badge } from '@chairside/ui'
import { CalendarCheck, CircleX, Hourglass, TimerOff, Zap } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'

/** Never by colour alone: an icon and a word. */
export function WaitingChip({ entry }: { entry: Waiting }) {
  const t = useTranslations('recalls.waitlist')
  const writing = useWriting()
  if (entry.status === 'closed')
    return (
      <Badge title={entry.closing_reason ?? undefined}>
        <CircleX aria-hidden /> {t('status.closed')}
      </Badge>
    )
  if (entry.status === 'booked')
    return (
      <Badge>
        <CalendarCheck aria-hidden />{' '}
        {entry.booked ? t('bookedFor', { day: writing.dayOf(entry.booked.starts_at) }) : t('status.booked')}
      </Badge>
    )
  if (entry.status === 'expired')
    return (
      <Badge>
        <TimerOff aria-hidden /> {t('status.expired')}
      </Badge>
    )
  return entry.urgent ? (
    <Badge tone="warn">
      <Zap aria-hidden /> {t('urgent')}
    </Badge>
  ) : (
    <Badge>
      <Hourglass aria-hidden /> {t('status.waiting')}
    </Badge>
  )
}
