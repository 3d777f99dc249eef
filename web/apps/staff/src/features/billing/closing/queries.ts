import { type DayClose, type DayCloseBrief, type Drawer, get } from '@chairside/api'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'

/**
 * What there is to count. It stays as it was seen until somebody looks again: who counts must not have the sums move under
 * their hands, and what comes in meanwhile falls into the next close.
 */
export const drawerQuery = (clinic: string, date: string | undefined, begins_on: string | undefined) =>
  queryOptions({
    queryKey: [clinic, 'drawer', date, begins_on],
    queryFn: async () =>
      (await get('/clinics/{clinic}/drawer', { params: { path: { clinic }, query: { date, begins_on } } })).data as Drawer,
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  })

const none = { items: [] as DayCloseBrief[], next_cursor: null }

/** The newest first, those that were reopened too. */
export const closesQuery = (clinic: string) =>
  infiniteQueryOptions({
    queryKey: [clinic, 'day-closes', 'list'],
    queryFn: async ({ pageParam }) => {
      const query = { cursor: pageParam || undefined, limit: 30 }
      return (await get('/clinics/{clinic}/day-closes', { params: { path: { clinic }, query } })).data ?? none
    },
    initialPageParam: '',
    getNextPageParam: page => page.next_cursor,
  })

export const closeQuery = (clinic: string, close_id: string) =>
  queryOptions({
    queryKey: [clinic, 'day-closes', close_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/day-closes/{close_id}', { params: { path: { clinic, close_id } } })).data as DayClose,
  })

/** Papers are opened by the browser: addresses of the server. */
export const depositSlip = (clinic: string, id: string) => `/api/v1/clinics/${clinic}/day-closes/${id}/deposit-slip`
export const sheetOf = (clinic: string, date: string) => `/api/v1/clinics/${clinic}/reports/day-sheet?date=${date}`
