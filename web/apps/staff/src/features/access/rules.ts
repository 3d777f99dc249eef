import { fromDate, parseDate, toCalendarDate, toZoned } from '@internationalized/date'

/** Whether a second factor is asked for: not, already, or from a day that is to come. */
export type Asked = 'off' | 'now' | 'later'

export const askedOf = (from: string | null, now: Date): Asked =>
  from === null ? 'off' : Date.parse(from) <= now.getTime() ? 'now' : 'later'

const dayIn = (instant: Date, zone: string) => toCalendarDate(fromDate(instant, zone)).toString()
export const dayOf = (from: string | null, zone: string) => (from === null ? '' : dayIn(new Date(from), zone))

type Chosen = { asked: Asked; day: string; before: string | null; now: Date; zone: string }

/** The instant to keep: a day begins at midnight in the clinic; what is as it was stays to the second. */
export function fromOf({ asked, day, before, now, zone }: Chosen): string | null {
  if (asked === 'off') return null
  if (askedOf(before, now) === asked && (asked === 'now' || dayOf(before, zone) === day)) return before
  return toZoned(parseDate(asked === 'now' ? dayIn(now, zone) : day), zone).toAbsoluteString()
}
