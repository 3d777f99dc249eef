import type { Status } from '@chairside/api'
import { cn } from '@chairside/ui'
import { Armchair, CheckCheck, CircleDashed, CircleHelp, DoorOpen, type LucideIcon, ThumbsUp, UserX, X } from 'lucide-react'
import { useTranslations } from 'use-intl'

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

export function StatusChip({ status, className }: { status: Status; className?: string }) {
  const Icon = ICONS[status]
  const word = useStatusWord()
  return (
    <span
      data-status={status}
      className={cn('chip inline-flex h-6 items-center gap-1.5 rounded-md ps-2 pe-2 font-medium text-xs', className)}
    >
      <Icon aria-hidden className="size-3.5" />
      {word(status)}
    </span>
  )
}
