import { ask, get, type NewBookingCalendar } from '@chairside/api'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'

export const calendarsQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'calendars'],
    queryFn: async () => (await get('/clinics/{clinic}/calendars', { params: { path: { clinic } } })).data?.items ?? [],
  })

/** What a calendar that is being written would offer; the last answer stands until the next is there. */
export const previewQuery = (clinic: string, calendar: NewBookingCalendar) =>
  queryOptions({
    queryKey: [clinic, 'openings', 'preview', calendar],
    queryFn: async () =>
      (await ask('/clinics/{clinic}/calendars/preview', { params: { path: { clinic } }, body: { calendar } })).data?.slots ?? [],
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
