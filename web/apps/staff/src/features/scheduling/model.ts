import type { DayVisit, GroupSession, Schedule, Status } from '@chairside/api'
import type { Column, Day, Item, Place } from '@chairside/schedule'
import { type Block, blocksOf } from './groups/blocks'
import type { By, Resources } from './queries'

export type Visit = Item & {
  visit: DayVisit
  status: Status
  service: string
  /** It is a session of a group, which `visit` stands for, and these are its seats. */
  session?: GroupSession
  seats?: Visit[]
}
/** What is drawn, and what its places are: the day and the resource each column stands for, and its minutes as instants. */
export type Frame = Day<Visit> & {
  tracks: { date: string; id: string }[]
  instantAt: (column: number, minute: number) => number
}
/** As much as has to be known of a day, or of several, to choose a place on it. */
export type Known = Pick<Schedule, 'appointments' | 'shifts'> & { taken?: Taken[]; group_sessions?: GroupSession[] }
/** Somebody has this provider and this operatory, or is booking them until an instant; who is of no concern here. */
export type Taken = Schedule['taken'][number]
export type Slot = { starts_at: string; duration_minutes: number; operatory_id: string | null; provider_id: string }

const HOUR = 3_600_000

/** Who did not come, or will not, holds no time. */
export const holdsTime = ({ status }: DayVisit) => status !== 'no_show' && status !== 'cancelled'

/** What is only held is free again by itself. */
export const isHeld = ({ held_until }: Taken, now: number) => !held_until || Date.parse(held_until) > now

/** Whether its provider and its operatory cannot be had from one instant to another: it takes place then, or keeps them free. */
export const isKeptFrom = (visit: DayVisit, from: number, to: number) =>
  Date.parse(visit.starts_at) - visit.buffer_before_minutes * 60_000 < to &&
  from < Date.parse(visit.ends_at) + visit.buffer_after_minutes * 60_000

/** What the grid shows: the opening hours, and whole hours around them when somebody is booked outside. */
export function spanOf({ opens_at, closes_at, appointments }: Schedule): [from: number, to: number] {
  let [from, to] = [Date.parse(opens_at), Date.parse(closes_at)]
  for (const visit of appointments) {
    const [starts, ends] = [Date.parse(visit.starts_at), Date.parse(visit.ends_at)]
    if (starts < from) from -= Math.ceil((from - starts) / HOUR) * HOUR
    if (ends > to) to += Math.ceil((ends - to) / HOUR) * HOUR
  }
  return [from, to]
}

/** What the visit is for: its main reason, or what it will do. */
export function reasonOf(visit: Pick<DayVisit, 'service_id' | 'items'>, { services }: Resources) {
  const ids = visit.service_id ? [visit.service_id] : visit.items.map(item => item.service_id)
  return ids.flatMap(id => services.find(service => service.id === id)?.name ?? []).join(', ')
}

/** A visit, or a session with its seats, in its column, as the grid draws it. */
export const itemOf = ({ visit, session, seats }: Block, place: Place, resources: Resources): Visit => ({
  ...place,
  ...(session && { session, seats: seats?.map(seat => itemOf({ visit: seat }, place, resources)) }),
  id: visit.id,
  busy: holdsTime(visit),
  before: visit.buffer_before_minutes,
  after: visit.buffer_after_minutes,
  status: visit.status as Status,
  visit,
  service: reasonOf(visit, resources),
})

type Wanted = {
  /** These columns, if any of them is there; else all. */
  only?: string[]
  /** What stands where a provider is busy in a calendar of theirs. */
  elsewhere?: string
}

/** From what the server says of one day to what the grid draws. */
export function dayOf(
  schedule: Schedule,
  resources: Resources,
  by: By,
  now: number,
  { only, elsewhere = '' }: Wanted = {},
): Frame {
  const own = `${by}_id` as const
  const [from, to] = spanOf(schedule)
  const since = (instant: string | number) => (new Date(instant).getTime() - from) / 60_000
  const all = [...schedule.columns, ...strays(schedule, resources, by)]
  const chosen = all.filter(column => only?.includes(column.id))
  const shown = chosen.length ? chosen : all
  const [total, passed] = [since(to), since(now)]
  const isNow = passed >= 0 && passed <= total
  const held = schedule.taken.filter(one => isHeld(one, now))
  const columns = shown.map(
    (column): Column => ({
      id: column.id,
      title: column.name,
      about: aboutColumn(schedule, resources, by, column.id),
      open: column.shifts.map(shift => [since(shift.starts_at), since(shift.ends_at)]),
      taken: held
        .filter(one => !one.blockout_id && !one.elsewhere && one[own] === column.id)
        .map(one => [since(one.starts_at), since(one.ends_at)]),
      blocked: held.flatMap(one => {
        const [from, to] = [Math.max(0, since(one.starts_at)), Math.min(total, since(one.ends_at))]
        if (!(one.blockout_id || one.elsewhere) || one[own] !== column.id || from >= to) return []
        return { from, to, label: one.elsewhere ? elsewhere : (one.reason ?? '') }
      }),
      over: isNow ? passed : undefined,
    }),
  )
  const items = blocksOf(schedule)
    .map(block => {
      const { visit } = block
      const column = shown.findIndex(column => column.id === (visit[own] ?? ''))
      return itemOf(block, { column, start: since(visit.starts_at), length: visit.duration_minutes }, resources)
    })
    .filter(item => item.column >= 0)
  return {
    columns,
    minutes: total,
    items,
    now: isNow ? passed : undefined,
    tracks: shown.map(({ id }) => ({ date: schedule.date, id })),
    instantAt: (_, minute) => from + minute * 60_000,
  }
}

/** Visits in no column of theirs, because they have no operatory or a resource is no longer in use, get one: nobody is left out. */
function strays({ columns, appointments }: Schedule, { operatories, providers }: Resources, by: By) {
  const known = new Set(columns.map(column => column.id))
  const missing = new Set(appointments.map(visit => visit[`${by}_id`] ?? '').filter(id => !known.has(id)))
  const names = by === 'operatory' ? operatories : providers
  return [...missing].map(id => ({ id, name: names.find(one => one.id === id)?.name ?? '–', shifts: [] }))
}

/** Who is seen in this room today, or in which rooms this provider works. */
function aboutColumn({ appointments }: Schedule, { providers, operatories }: Resources, by: By, id: string) {
  const [others, other] = by === 'operatory' ? ([providers, 'provider_id'] as const) : ([operatories, 'operatory_id'] as const)
  const met = new Set(appointments.filter(visit => (visit[`${by}_id`] ?? '') === id).map(visit => visit[other]))
  return others
    .filter(one => met.has(one.id))
    .map(one => one.name)
    .join(', ')
}

/**
 * From a place on the grid to what is asked of the server. The resource that is not a column: the one the visit has; else
 * whoever is met most in that column today, is at work and free; else anyone who is.
 */
export function slotOf(known: Known, frame: Frame, by: By, place: Place, resources: Resources, before?: Before): Slot {
  const starts = frame.instantAt(place.column, place.start)
  const minutes = before?.minutes ?? (frame.instantAt(place.column, place.start + place.length) - starts) / 60_000
  const slot = { starts_at: new Date(starts).toISOString().replace('.000', ''), duration_minutes: minutes || place.length }
  const id = frame.tracks[place.column]?.id ?? ''
  const other = by === 'operatory' ? 'provider_id' : 'operatory_id'
  const otherId = before?.[other] ?? likely(known, by, id, starts, slot.duration_minutes, resources, before?.id) ?? ''
  return by === 'operatory'
    ? { ...slot, operatory_id: id || null, provider_id: otherId }
    : { ...slot, provider_id: id, operatory_id: otherId || null }
}

function likely(known: Known, by: By, id: string, starts: number, length: number, resources: Resources, moved?: string) {
  const [others, other] =
    by === 'operatory'
      ? ([resources.providers.filter(one => !one.assists), 'provider_id'] as const)
      : ([resources.operatories, 'operatory_id'] as const)
  const ends = starts + length * 60_000
  const visits = known.appointments.filter(visit => visit.id !== moved && holdsTime(visit))
  const busy = new Set([
    ...visits.filter(visit => isKeptFrom(visit, starts, ends)).map(visit => visit[other]),
    ...(known.taken ?? []).filter(one => overlaps(one, starts, ends)).map(one => one[other]),
  ])
  const works = (one: string) =>
    by === 'provider' ||
    known.shifts.some(
      shift => shift.provider_id === one && Date.parse(shift.starts_at) <= starts && starts < Date.parse(shift.ends_at),
    )
  const met = (one: string) => visits.filter(visit => visit[`${by}_id`] === id && visit[other] === one).length
  const usual = (one: string) =>
    by === 'operatory'
      ? resources.providers.find(provider => provider.id === one)?.operatory_id === id
      : resources.providers.find(provider => provider.id === id)?.operatory_id === one
  const rank = (one: string) => (works(one) ? 1000 : 0) + (busy.has(one) ? 0 : 500) + (usual(one) ? 100 : 0) + met(one)
  return others
    .filter(one => one.active)
    .map(one => one.id)
    .sort((a, b) => rank(b) - rank(a))[0]
}

/** A visit that is moved keeps who it is with, and its `minutes` unless its end was moved. */
type Before = Pick<DayVisit, 'id' | 'provider_id' | 'operatory_id'> & { minutes?: number }

export const overlaps = (one: { starts_at: string; ends_at: string }, from: number, to: number) =>
  Date.parse(one.starts_at) < to && from < Date.parse(one.ends_at)
