import { type BookingPage, type BookingRequest, get } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

export const bookingPageQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'booking-page'],
    queryFn: async () => (await get('/clinics/{clinic}/booking-page', { params: { path: { clinic } } })).data as BookingPage,
  })

/** Those that wait for an answer. */
export const requestsQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'booking-requests', 'list'],
    queryFn: async (): Promise<BookingRequest[]> =>
      (await get('/clinics/{clinic}/booking-requests', { params: { path: { clinic } } })).data?.items ?? [],
  })

/** Whose records want completing. */
export const newcomersQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'booking-requests', 'newcomers'],
    queryFn: async () =>
      (await get('/clinics/{clinic}/booking-requests/newcomers', { params: { path: { clinic } } })).data?.items ?? [],
  })
