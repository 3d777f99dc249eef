import { fromAbsolute, parseDate } from '@internationalized/date'

const MINUTE = 60_000
type Span = [from: number, to: number]
type Turn = { date: string; at: number; wall: number; by: number }

/**
 * One scale beside several days: minutes of the wall clock, so nine stands beside nine. Where the clocks go back within these
 * days the hour that comes twice is there twice, and the other days lack the second; where they go forward their own day lacks
 * the hour that is skipped. Between an instant and the wall the zone decides, here and nowhere else.
 */
export function axisOf(dates: string[], zone: string) {
  const offset = (instant: number) => fromAbsolute(instant, zone).offset
  const midnight = (date: string) => parseDate(date).toDate('UTC').getTime()
  /** The instant at which a day begins: at its midnight, unless the clocks skip that. */
  const begins = (date: string) => parseDate(date).toDate(zone).getTime()
  const ends = (date: string) => parseDate(date).add({ days: 1 }).toDate(zone).getTime()
  const wallOf = (date: string, instant: number) => (instant + offset(instant) - midnight(date)) / MINUTE

  function turnOf(date: string): Turn | undefined {
    let [early, late] = [begins(date), ends(date) - 1]
    const [before, after] = [offset(early), offset(late)]
    if (before === after) return undefined
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2)
      if (offset(middle) === before) early = middle
      else late = middle
    }
    return { date, at: late, wall: (late + before - midnight(date)) / MINUTE, by: (after - before) / MINUTE }
  }

  let turn: Turn | undefined
  for (const date of dates) turn ??= turnOf(date)
  const { wall = 0, by = 0 } = turn ?? {}
  const extra = by < 0 ? -by : 0

  return {
    /** Minutes on the scale; what lies beyond midnight goes on. */
    minuteAt(date: string, instant: number): number {
      if (turn?.date === date) return (instant >= turn.at ? Math.max(by, 0) : 0) + (instant - turn.at) / MINUTE + wall
      const minute = (instant + offset(begins(date)) - midnight(date)) / MINUTE
      return minute < wall ? minute : minute + extra
    },
    /** In an hour that the day lacks: the instant at which it goes on. */
    instantAt(date: string, minute: number): number {
      if (turn?.date === date) {
        const beyond = by > 0 ? Math.max(0, minute - wall - by) : minute - wall
        return turn.at + (minute < wall ? minute - wall : beyond) * MINUTE
      }
      const own = minute < wall ? minute : Math.max(wall, minute - extra)
      return midnight(date) - offset(begins(date)) + own * MINUTE
    },
    missing(date: string): Span[] {
      if (turn?.date === date) return by > 0 ? [[wall, wall + by]] : []
      return extra ? [[wall, wall + extra]] : []
    },
    wallOf,
    begins,
    ends,
  }
}
