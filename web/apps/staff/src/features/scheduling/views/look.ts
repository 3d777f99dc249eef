import type { SavedView } from '@chairside/api'
import type { ScheduleSearch } from '../schedule-screen'

/** How the schedule is looked at: what of it, and in which columns. */
export type Look = Pick<SavedView, 'view' | 'span' | 'by' | 'of' | 'columns'>
type Looking = Pick<ScheduleSearch, 'view' | 'span' | 'by' | 'of' | 'columns'>
const ALL = 'all'

export const isOfAWeek = ({ view, span }: { view?: string; span?: string }) =>
  view === 'week' || (view === 'agenda' && span === 'week')

/** From the address to what is kept: nothing is left to what is usual, which may be another's tomorrow. */
export function lookOf(search: Looking): Look {
  const weekly = isOfAWeek(search)
  return {
    view: search.view ?? 'day',
    span: search.view === 'agenda' ? (search.span ?? 'day') : 'day',
    by: search.by ?? (weekly ? 'provider' : 'operatory'),
    of: weekly && search.of && search.of !== ALL ? search.of : null,
    columns: weekly ? [] : (search.columns ?? []),
  }
}

/** And back; the day stays as it is. */
export const searchOf = (look: Look): Looking => ({
  view: look.view === 'day' ? undefined : look.view,
  span: look.span === 'week' ? look.span : undefined,
  by: look.by,
  of: isOfAWeek(look) ? (look.of ?? ALL) : undefined,
  columns: look.columns.length ? look.columns : undefined,
})

/** Whether it is the same look; in whatever order its columns were chosen. */
export const isSame = (one: Look, other: Look) =>
  one.view === other.view &&
  one.span === other.span &&
  one.by === other.by &&
  one.of === other.of &&
  [...one.columns].sort().join() === [...other.columns].sort().join()
