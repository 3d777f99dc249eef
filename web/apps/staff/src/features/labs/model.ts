import type { LabCase, LabStep } from '@chairside/api'

export const WORKS = [
  ...(['crown', 'bridge', 'denture', 'partial_denture', 'inlay', 'veneer'] as const),
  ...(['implant', 'aligner', 'night_guard', 'retainer', 'model', 'other'] as const),
]
export const STATUSES = ['planned', 'sent', 'received', 'checked', 'returned', 'cancelled'] as const

/** What may come next, the usual first; the server decides. */
const NEXT: Record<LabCase['status'], LabStep[]> = {
  planned: ['sent', 'cancelled'],
  sent: ['received', 'cancelled'],
  returned: ['received', 'cancelled'],
  received: ['checked', 'returned', 'cancelled'],
  checked: ['returned'],
  cancelled: [],
}
const TRACKED: LabStep[] = ['sent', 'received']

export const nextOf = (status: LabCase['status'], may: { write: boolean; track: boolean }) =>
  NEXT[status].filter(step => may.write || (may.track && TRACKED.includes(step)))

export const isAway = ({ status }: Pick<LabCase, 'status'>) => ['planned', 'sent', 'returned'].includes(status)

export const SHOWN = ['away', 'overdue', 'all'] as const
export type LabSearch = { which?: 'overdue' | 'all'; lab?: string; case?: string }
