import type { NewAttempt, Recall, RecallInterval, RecallType } from '@chairside/api'
import type { CalendarDate } from '@internationalized/date'

/** Apart, because the route reads its address before the screen is fetched. */
export const WINDOWS = ['now', 'month', 'quarter', 'all'] as const
export type Window = (typeof WINDOWS)[number]
export const STATUSES = ['due', 'snoozed', 'booked', 'closed'] as const
export type RecallStatus = (typeof STATUSES)[number]
export type RecallsSearch = { due?: Window; type?: string; status?: RecallStatus; recall?: string }

const AHEAD: Record<Window, object | undefined> = {
  now: { days: 1 },
  month: { months: 1 },
  quarter: { months: 3 },
  all: undefined,
}

/** The first day that is no longer within the window; undefined for every day. */
export const dueBefore = (window: Window, today: CalendarDate) => {
  const ahead = AHEAD[window]
  return ahead && today.add(ahead).toString()
}

export type Kind = NewAttempt['kind']
export type Outcome = NewAttempt['outcome']
export const KINDS: readonly Kind[] = ['call', 'sms', 'email', 'letter']
const OUTCOMES: Record<'call' | 'written', readonly Outcome[]> = {
  call: ['no_answer', 'left_message', 'will_call_back', 'booked', 'declined'],
  written: ['sent', 'booked', 'declined'],
}
export const outcomesOf = (kind: Kind) => OUTCOMES[kind === 'call' ? 'call' : 'written']

/** What a clinic without any may begin with; the names are in the catalog. */
export const USUAL: { word: 'checkUp' | 'hygiene3' | 'hygiene4' | 'hygiene6'; interval: RecallInterval }[] = [
  { word: 'checkUp', interval: { every: 6, unit: 'months' } },
  { word: 'hygiene3', interval: { every: 3, unit: 'months' } },
  { word: 'hygiene4', interval: { every: 4, unit: 'months' } },
  { word: 'hygiene6', interval: { every: 6, unit: 'months' } },
]

/** Reads `every` and `unit` of a form: nothing where no number was given, NaN where it is none. */
export function readInterval(every: string, unit: string): RecallInterval | null {
  if (!every) return null
  return { every: /^\d{1,3}$/.test(every) ? Number(every) : Number.NaN, unit: unit === 'weeks' ? 'weeks' : 'months' }
}
export const isInterval = (interval: RecallInterval | null) => !interval || (interval.every >= 1 && interval.every <= 520)

/** Types that a patient has no open recall of. */
export const freeTypes = (types: RecallType[], recalls: Recall[]) => {
  const taken = new Set(recalls.filter(one => one.status !== 'closed').map(one => one.type_id))
  return types.filter(type => type.active && !taken.has(type.id))
}
