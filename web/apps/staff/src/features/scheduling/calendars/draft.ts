import type { BookingCalendar, NewBookingCalendar } from '@chairside/api'

export type Draft = Required<Omit<NewBookingCalendar, 'active'>>
export type Need = Draft['requires'][number] & { need: number; from: number }

export const EMPTY: Draft = {
  name: '',
  service_ids: [],
  providers: [],
  requires: [],
  modality: 'in_person',
  strategy: 'single',
  increment: 15,
  grid: 'hours',
  buffer_before: null,
  buffer_after: null,
  buffers_inside_hours: false,
  min_notice: 0,
  max_days_ahead: null,
  window: null,
  per_day_limit: null,
  capacity: 1,
  public: false,
}

/** What of a calendar is edited here. */
export const draftOf = (calendar: BookingCalendar): Draft =>
  Object.fromEntries(Object.keys(EMPTY).map(name => [name, calendar[name as keyof Draft]])) as Draft

/** In the order in which they were chosen: the first service is meant where none is named. */
export const toggled = (ids: string[], id: string) => (ids.includes(id) ? ids.filter(one => one !== id) : [...ids, id])

/** As it can be asked about: with a name, and without groups that are not written yet. */
export const askable = (draft: Draft): Draft | undefined =>
  draft.service_ids.length > 0 &&
  draft.providers.length > 0 &&
  draft.increment >= 1 &&
  draft.capacity >= 1 &&
  (draft.window === null || (!!draft.window.start && draft.window.start <= draft.window.end))
    ? { ...draft, name: draft.name.trim() || '–', requires: draft.requires.filter(isWhole) }
    : undefined

export const isWhole = ({ any_of, need = 1, from = 0, to }: Draft['requires'][number]) =>
  any_of.length >= need && need >= 1 && (to == null || to > from)
