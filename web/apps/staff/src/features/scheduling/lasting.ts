import type { DayVisit } from '@chairside/api'

/** Minutes after which whoever waits is no longer a matter of course. */
export const LONG = 15
const STEP: Record<string, string> = { arrived: 'arrival', in_chair: 'seating' }
const A_DAY = 24 * 60

/** For how many whole minutes somebody has waited, or has been in the chair; nothing of other visits, and of other days. */
export function lastingOf({ status, last_step }: Pick<DayVisit, 'status' | 'last_step'>, now: number) {
  if (!last_step || STEP[status] !== last_step.step) return
  const minutes = Math.max(0, Math.floor((now - Date.parse(last_step.at)) / 60_000))
  return minutes < A_DAY ? minutes : undefined
}

/** Whether it is longer than it should be: the wait itself, the chair beyond the time that was booked. */
export const isLong = ({ status, duration_minutes }: Pick<DayVisit, 'status' | 'duration_minutes'>, minutes: number) =>
  minutes > (status === 'arrived' ? LONG : duration_minutes)
