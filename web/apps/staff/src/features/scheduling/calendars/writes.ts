import { type BookingCalendar, change, type NewBookingCalendar } from '@chairside/api'

const touches = ['calendars', 'openings']

export const addCalendar = (clinic: string, body: NewBookingCalendar) =>
  change('post', '/clinics/{clinic}/calendars', { params: { clinic }, touches, body })

export const changeCalendar = (
  clinic: string,
  { id, version }: Pick<BookingCalendar, 'id' | 'version'>,
  body: Partial<NewBookingCalendar>,
) =>
  change('patch', '/clinics/{clinic}/calendars/{calendar_id}', {
    params: { clinic, calendar_id: id },
    thing: id,
    version,
    touches,
    body: body as { name?: string },
  })
