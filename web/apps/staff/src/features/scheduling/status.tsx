import type { DayVisit, Status } from '@chairside/api'
import { cn } from '@chairside/ui'
import { Armchair, CheckCheck, CircleDashed, CircleHelp, DoorOpen, type LucideIcon, ThumbsUp, UserX, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useNow } from '@/lib/screen'
import { isLong, lastingOf } from './lasting'

/** Never by colour alone: each status has its own icon, its own edge pattern (visit.css) and its word. */
export const ICONS: Record<Status, LucideIcon> = {
  requested: CircleHelp,
  scheduled: CircleDashed,
  confirmed: ThumbsUp,
  arrived: DoorOpen,
  in_chair: Armchair,
  completed: CheckCheck,
  no_show: UserX,
  cancelled: X,
}

export function useStatusWord() {
  const t = useTranslations('schedule')
  return (status: Status) => t(status === 'arrived' ? 'statusArrived' : status === 'cancelled' ? 'statusCancelled' : status)
}

type ChipProps = {
  status: Status
  /** Given where it is of interest for how long. */
  visit?: Pick<DayVisit, 'status' | 'last_step' | 'duration_minutes'>
  className?: string
}

export function StatusChip({ status, visit, className }: ChipProps) {
  const Icon = ICONS[status]
  const word = useStatusWord()
  return (
    <span
      data-status={status}
      className={cn(
        'chip inline-flex min-h-6 sm:whitespace-nowrap items-center gap-1.5 rounded-md ps-2 pe-2 font-medium text-xs',
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {word(status)}
      {visit && <Lasting visit={visit} />}
    </span>
  )
}

function Lasting({ visit }: { visit: NonNullable<ChipProps['visit']> }) {
  const t = useTranslations('schedule')
  const minutes = lastingOf(visit, useNow())
  if (minutes === undefined) return null
  return <span className={isLong(visit, minutes) ? 'font-semibold text-warn' : 'font-normal'}>· {t('lasting', { minutes })}</span>
}
