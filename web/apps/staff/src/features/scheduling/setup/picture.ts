import type { Weekly } from '@chairside/api'
import { parseDate } from '@internationalized/date'
import { type Block, blocksOf, lengthOf } from './weekly'

/** Minutes of a local day; `to` is at most its end. */
export type Bar = { from: number; to: number; spilled: boolean }
/** Why a day is not as it usually is. */
export type Odd = 'holiday' | 'vacation' | 'override'
export type PictureDay = { date: string; bars: Bar[]; odd?: Odd }
export type Oddities = {
  holidays?: { date: string }[]
  vacations?: { first_on: string; last_on: string }[]
  overrides?: { date: string; blocks: string[][] }[]
}

const DAY = 24 * 60
const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const weekdayOf = (date: string) => String(new Date(`${date}T00:00Z`).getUTCDay() || 7)
export const plus = (date: string, days: number) => parseDate(date).add({ days }).toString()

/** Seven days from `first` as the server will have them: a day with hours of its own, then holidays and vacations, then the week. */
export function pictureOf(weekly: Weekly, first: string, oddities: Oddities = {}): PictureDay[] {
  const dates = Array.from({ length: 8 }, (_, at) => plus(first, at - 1))
  const days = dates.map(date => ({ date, ...hoursOn(date, weekly, oddities) }))
  return days.slice(1).map((day, at) => {
    const before = days[at]
    // What spills over midnight ends there when the next day has hours of its own.
    const cut = day.odd === 'override' || day.odd === 'vacation'
    const spilled = cut ? [] : (before?.blocks ?? []).flatMap(block => (end(block) > DAY ? [bar(0, end(block) - DAY, true)] : []))
    const own = day.blocks.map(block => bar(minutes(block[0]), Math.min(end(block), DAY)))
    return { date: day.date, odd: day.odd, bars: [...spilled, ...own].sort((a, b) => a.from - b.from) }
  })
}

const bar = (from: number, to: number, spilled = false): Bar => ({ from, to, spilled })
const end = (block: Block) => minutes(block[0]) + lengthOf(block)

function hoursOn(date: string, weekly: Weekly, { holidays, vacations, overrides }: Oddities): { blocks: Block[]; odd?: Odd } {
  const other = overrides?.find(one => one.date === date)
  if (other) return { blocks: other.blocks as Block[], odd: 'override' }
  if (vacations?.some(one => one.first_on <= date && date <= one.last_on)) return { blocks: [], odd: 'vacation' }
  if (holidays?.some(one => one.date === date)) return { blocks: [], odd: 'holiday' }
  return { blocks: blocksOf(weekly, weekdayOf(date)) }
}

/** The hours worth showing: all that is worked with an hour on either side, at least eight to six, in whole hours. */
export function axisOf(days: PictureDay[]): { from: number; to: number } {
  const bars = days.flatMap(day => day.bars)
  const from = Math.min(8 * 60, ...bars.map(one => one.from - 60))
  const to = Math.max(18 * 60, ...bars.map(one => one.to + 60))
  return { from: Math.max(0, Math.floor(from / 60) * 60), to: Math.min(DAY, Math.ceil(to / 60) * 60) }
}

/** Where hours are written: every second one, or every third where there are many. */
export function marksOf({ from, to }: { from: number; to: number }): number[] {
  const step = to - from > 14 * 60 ? 180 : 120
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.ceil((to - first) / step) }, (_, at) => first + at * step)
}

/** The Monday (or whatever a week begins with here) on or before a day. */
export function weekStart(date: string, firstDay: string): string {
  const back = (Number(weekdayOf(date)) - Number(firstDay) + 7) % 7
  return plus(date, -back)
}
