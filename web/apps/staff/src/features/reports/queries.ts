import { get, type Today } from '@chairside/api'
import { queryOptions } from '@tanstack/react-query'

/** The numbers of one day of the clinic. */
export const todayQuery = (clinic: string, date: string) =>
  queryOptions({
    queryKey: [clinic, 'today', date],
    queryFn: async () =>
      (await get('/clinics/{clinic}/reports/today', { params: { path: { clinic }, query: { date } } })).data as Today,
  })
