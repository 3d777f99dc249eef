import type { Week } from '@chairside/api'
import type { Column } from '@chairside/schedule'
import { axisOf } from './axis'
import { blocksOf } from './groups/blocks'
import { type Frame, isHeld, itemOf } from './model'
import type { By, Resources } from './queries'

type Span = [from: number, to: number]
type Options = {
  by: By /** One provider or operatory; all when it is not said. */
  of?: string
  resources: Resources
  zone: string
  now: number
}

const HOUR = 60
const EMPTY: Span = [8 * HOUR, 18 * HOUR]
const ms = (instant: string) => Date.parse(instant)

/** From what the server says of several days to what the grid draws: a column a day, or a column a day and resource. */
export function weekOf(week: Week, { by, of, resources, zone, now }: Options): Frame {
  const own = `${by}_id` as const
  const dates = week.days.map(day => day.date)
  const axis = axisOf(dates, zone)
  /** An end belongs to what it ends: not yet to the hour that is missing after it. */
  const endAt = (date: string, instant: number) => Math.round(axis.minuteAt(date, instant - 1))
  const dayAt = (instant: number) => dates.find(date => axis.begins(date) <= instant && instant < axis.ends(date))
  const blocks = blocksOf(week)
  const met = (date: string) => blocks.map(one => one.visit).filter(visit => dayAt(ms(visit.starts_at)) === date)

  /** When the resource has somebody, in minutes of the scale. */
  function openOn(date: string, id: string): Span[] {
    const shifts = week.shifts.filter(shift => shift[own] === id)
    const anybody = by === 'operatory' && shifts.length === 0 ? week.shifts : shifts
    const [from, to] = [axis.begins(date), axis.ends(date)]
    return anybody
      .map(shift => [Math.max(from, ms(shift.starts_at)), Math.min(to, ms(shift.ends_at))] as Span)
      .filter(([starts, ends]) => starts < ends)
      .map(([starts, ends]): Span => [axis.minuteAt(date, starts), endAt(date, ends)])
  }

  const active = (by === 'operatory' ? resources.operatories : resources.providers).filter(one => one.active).map(one => one.id)
  const tracks = week.days.flatMap(({ date, open }) => {
    if (of) return [{ date, id: of, begins: false }]
    const ids = open.length ? active : []
    const strays = met(date).map(visit => visit[own] ?? '')
    const shown = [...new Set([...ids, ...strays])]
    // A closed day is still there to be seen, and to be booked on purpose.
    return (shown.length ? shown : active.slice(0, 1)).map((id, index) => ({ date, id, begins: index === 0 }))
  })
  const items = blocks.flatMap(block => {
    const { visit } = block
    const date = dayAt(ms(visit.starts_at))
    const column = tracks.findIndex(track => track.date === date && track.id === (visit[own] ?? ''))
    if (!date || column < 0) return []
    const [start, end] = [axis.minuteAt(date, ms(visit.starts_at)), endAt(date, ms(visit.ends_at))]
    return [itemOf(block, { column, start, length: end - start }, resources)]
  })

  const worked = week.days.filter(({ date, open }) => open.length || met(date).length)
  const [low, high] = worked.length
    ? [
        Math.min(...worked.map(day => axis.minuteAt(day.date, ms(day.opens_at)))),
        Math.max(...worked.map(day => endAt(day.date, ms(day.closes_at))), ...items.map(item => item.start + item.length)),
      ]
    : EMPTY
  const from = Math.floor(low / HOUR) * HOUR
  const minutes = Math.ceil((high - from) / HOUR) * HOUR
  const inside = (spans: Span[]) =>
    spans.map(([a, b]): Span => [Math.max(0, a - from), Math.min(minutes, b - from)]).filter(([a, b]) => a < b)

  const today = dayAt(now)
  const passed = today ? axis.minuteAt(today, now) - from : -1
  const isNow = passed >= 0 && passed <= minutes
  const first = tracks.findIndex(track => track.date === today)
  const columns = tracks.map(({ date, id, begins }, index): Column => {
    const open = inside(openOn(date, id))
    const midnight = axis.begins(date)
    const tails = blocks
      .map(one => one.visit)
      .filter(visit => (visit[own] ?? '') === id && ms(visit.starts_at) < midnight && midnight < ms(visit.ends_at))
    const held = week.taken.filter(
      one =>
        (one.held_until || one.blockout_id || one.elsewhere) &&
        isHeld(one, now) &&
        (one[own] ?? '') === id &&
        ms(one.starts_at) < axis.ends(date) &&
        midnight < ms(one.ends_at),
    )
    return {
      id: `${date} ${id}`,
      title: id,
      open,
      missing: inside(axis.missing(date)),
      taken: inside([
        ...tails.map((visit): Span => [axis.minuteAt(date, midnight), axis.minuteAt(date, ms(visit.ends_at))]),
        ...held.map(
          (one): Span => [
            axis.minuteAt(date, Math.max(midnight, ms(one.starts_at))),
            endAt(date, Math.min(axis.ends(date), ms(one.ends_at))),
          ],
        ),
      ]),
      over: axis.ends(date) <= now ? Infinity : date === today ? passed : undefined,
      narrow: !open.length && !items.some(item => item.column === index),
      begins,
    }
  })
  return {
    columns,
    minutes,
    items: items.map(item => ({ ...item, start: item.start - from })),
    now: isNow ? passed : undefined,
    today: first < 0 ? [0, 0] : [first, tracks.findLastIndex(track => track.date === today) + 1],
    inTime: !!of,
    dense: !of && tracks.length > 14,
    tracks,
    instantAt: (column, minute) => axis.instantAt(tracks[column]?.date ?? dates[0] ?? '', minute + from),
  }
}
