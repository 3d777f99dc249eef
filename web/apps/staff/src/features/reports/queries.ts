import { type DayLine, type DayReport, type Figure, get, type Today } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

/** The numbers of one day of the clinic. */
export const todayQuery = (clinic: string, date: string) =>
  queryOptions({
    queryKey: [clinic, 'today', date],
    queryFn: async () =>
      (await get('/clinics/{clinic}/reports/today', { params: { path: { clinic }, query: { date } } })).data as Today,
  })

export type FigureName = Figure['figure']

/** Every figure of a day. The key begins like that of the numbers above: whatever changes those changes these. */
export const dayQuery = (clinic: string, date: string) =>
  queryOptions({
    queryKey: [clinic, 'today', 'report', date],
    queryFn: async () =>
      (await get('/clinics/{clinic}/reports/day', { params: { path: { clinic }, query: { date } } })).data as DayReport,
  })

export const linesQuery = (clinic: string, date: string, figure: FigureName) =>
  queryOptions({
    queryKey: [clinic, 'today', 'lines', date, figure],
    queryFn: async () => {
      const query = { date, figure: [figure] }
      const { data } = await get('/clinics/{clinic}/reports/day/lines', { params: { path: { clinic }, query } })
      return (data ?? { items: [], more: false }) as { items: DayLine[]; more: boolean }
    },
  })

/** Papers and tables are opened by the browser: addresses of the server. */
export const dayTable = (clinic: string, date: string) => `/api/v1/clinics/${clinic}/reports/day.csv?date=${date}`
export const routeSlips = (clinic: string, date: string) => `/api/v1/clinics/${clinic}/reports/route-slips?date=${date}`
export const daySheet = (clinic: string, date: string, by: 'provider' | 'operatory' = 'provider', money = true) =>
  `/api/v1/clinics/${clinic}/reports/day-sheet?date=${date}&by=${by}&money=${money}`
