import type { DayVisit } from '@chairside/api'

/** What a day and a week have in common. */
export type Known = { appointments: DayVisit[]; opens_at?: string; closes_at?: string }
export type Span = { date: string; days: number; by?: string; of?: string }

/** The days of a board, by its key: `[clinic, 'schedule', date, by]`, `[clinic, 'schedule', 'week', from, to, by, of]`. */
export function spanOf(key: readonly unknown[]): Span {
  const [, , first, from, to, by, of] = key as string[]
  if (first !== 'week') return { date: first ?? '', days: 1 }
  const days = Math.round((Date.parse(to ?? '') - Date.parse(from ?? '')) / 86_400_000) + 1
  return { date: from ?? '', days, by, of }
}

/** The board with some of its visits as they are now; the same one when nothing is different. Never an older version. */
export function patched<B extends Known>(board: B, changed: DayVisit[], gone: string[]): B {
  const news = new Map(changed.map(visit => [visit.id, visit]))
  const kept = board.appointments.flatMap(visit => {
    const now = news.get(visit.id)
    news.delete(visit.id)
    if (now) return now.version >= visit.version ? now : visit
    return gone.includes(visit.id) ? [] : visit
  })
  const appointments = [...kept, ...news.values()].sort(
    (a, b) => Date.parse(a.starts_at) - Date.parse(b.starts_at) || (a.id < b.id ? -1 : 1),
  )
  return { ...board, appointments }
}

/** Whether the board is tall enough for it. */
export const fits = ({ opens_at, closes_at }: Known, visit: DayVisit) =>
  !opens_at || !closes_at || (visit.starts_at >= opens_at && visit.ends_at <= closes_at)
