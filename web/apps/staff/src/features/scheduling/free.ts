import { type Day, freeAt, isOpen, type Place, SLOT } from '@chairside/schedule'
import { holdsTime, isHeld, isKeptFrom, type Known, overlaps, type Slot } from './model'

export type Wanted = {
  slot: Slot
  /** What the visit itself keeps free around it. */
  before?: number
  after?: number
  patient?: string
  /** The visit that is being moved is not in its own way. */
  except?: string
}

/**
 * Whether the server would have it, as far as this day tells: provider and operatory are claimed with the minutes kept free
 * around a visit, which add up between two; the patient without them.
 */
export function isFree(
  { appointments, taken = [] }: Pick<Known, 'appointments' | 'taken'>,
  { slot, before = 0, after = 0, patient, except }: Wanted,
) {
  const from = Date.parse(slot.starts_at)
  const to = from + slot.duration_minutes * 60_000
  const isSame = (id: string | null) => slot.operatory_id !== null && id === slot.operatory_id
  const [kept, until] = [from - before * 60_000, to + after * 60_000]
  const others = taken.filter(one => isHeld(one, Date.now()))
  if (others.some(one => (one.provider_id === slot.provider_id || isSame(one.operatory_id)) && overlaps(one, kept, until)))
    return false
  return !appointments.some(visit => {
    if (visit.id === except || !holdsTime(visit)) return false
    if (visit.patient_id === patient && Date.parse(visit.starts_at) < to && from < Date.parse(visit.ends_at)) return true
    if (visit.provider_id !== slot.provider_id && !isSame(visit.operatory_id)) return false
    return isKeptFrom(visit, kept, until)
  })
}

type Need = { minutes?: number; fits?: (place: Place) => boolean }

/**
 * The first free time from a place, or from now: while its column is open, else in another column that is, else at any hour.
 * `fits` has the last word: whether somebody is free there to do it.
 */
export const firstFree = (day: Day, from: Place = startOf(day), need: Need = {}): Place =>
  findFree(day, from, need) ?? { column: from.column, start: Math.floor(from.start / SLOT) * SLOT, length: SLOT }

/** The same; nothing when the day is full. */
export function findFree(day: Day, from: Place, { minutes = 2 * SLOT, fits = () => true }: Need): Place | undefined {
  const first = Math.floor(from.start / SLOT) * SLOT
  const find = (columns: number[], isDuring: boolean, begins = first) => {
    for (let minute = begins; minute < day.minutes; minute += SLOT)
      for (const column of columns) {
        const start = freeAt(day, column, minute)?.start ?? -1
        const place = { column, start, length: minutes }
        const earliest = (day.columns[column]?.over ?? 0) - SLOT
        if (start >= Math.max(0, earliest) && isOpen(day, place, isDuring) && fits(place)) return place
      }
    return undefined
  }
  const others = day.columns.map((_, column) => column).filter(column => column !== from.column)
  const elsewhere = () => {
    if (!day.inTime) return find(others, true)
    for (const column of others.filter(one => one > from.column)) {
      const found = find([column], true, 0)
      if (found) return found
    }
    return undefined
  }
  return find([from.column], true) ?? elsewhere() ?? find([from.column], false)
}

const startOf = ({ now = 0, today = [0, 1] }: Day): Place => ({ column: today[0], start: now, length: 0 })
