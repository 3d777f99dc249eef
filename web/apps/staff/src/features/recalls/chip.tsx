import type { Recall, RecallInterval } from '@chairside/api'
import { Badge } from '@chairside/ui'
import { AlarmClock, AlarmClockOff, CalendarCheck, CalendarClock, CircleX } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { nameOf } from '@/features/patients'
import { useWriting } from '@/lib/clinic'

export const nameOfCalled = ({ patient }: Pick<Recall, 'patient'>) => nameOf(patient)

/** Never by colour alone: an icon and a word. What is not due yet is called so. */
export function RecallChip({ recall }: { recall: Recall }) {
  const t = useTranslations('recalls')
  const writing = useWriting()
  const today = writing.today.toString()
  if (recall.status === 'closed')
    return (
      <Badge title={recall.closing_reason ?? undefined}>
        <CircleX aria-hidden /> {t('status.closed')}
      </Badge>
    )
  if (recall.status === 'booked')
    return (
      <Badge>
        <CalendarCheck aria-hidden />{' '}
        {recall.appointment ? t('bookedFor', { day: writing.dayOf(recall.appointment.starts_at) }) : t('status.booked')}
      </Badge>
    )
  if (recall.status === 'snoozed')
    return (
      <Badge>
        <AlarmClockOff aria-hidden />{' '}
        {recall.snoozed_until ? t('snoozedUntil', { day: writing.day(recall.snoozed_until) }) : t('status.snoozed')}
      </Badge>
    )
  if (recall.due_on > today)
    return (
      <Badge>
        <CalendarClock aria-hidden /> {t('notDueYet')}
      </Badge>
    )
  return (
    <Badge tone={recall.due_on < today ? 'danger' : 'warn'}>
      <AlarmClock aria-hidden /> {t(recall.due_on < today ? 'overdue' : 'dueToday')}
    </Badge>
  )
}

export function useIntervalWords() {
  const t = useTranslations('recalls')
  return ({ every, unit }: RecallInterval) => t(unit === 'weeks' ? 'everyWeeks' : 'everyMonths', { count: every })
}
