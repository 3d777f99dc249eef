import { ask, get, type NewSeries, type VisitSeries } from '@chairside/api'
import { keepPreviousData, queryOptions } from '@tanstack/react-query'

/** The rule and all its visits; what changes the patient's visits changes it. */
export const seriesQuery = (clinic: string, patient: string, series_id: string) =>
  queryOptions({
    queryKey: [clinic, 'visits', patient, 'series', series_id],
    queryFn: async () =>
      (await get('/clinics/{clinic}/series/{series_id}', { params: { path: { clinic, series_id } } })).data as VisitSeries,
  })

export type Asked = Omit<NewSeries, 'skip' | 'instead' | 'clashes' | 'notes'>

/** Every day of a series that nobody has booked, and whether it can be had; the last answer stands until the next is there. */
export const previewQuery = (clinic: string, asked: Asked) =>
  queryOptions({
    queryKey: [clinic, 'openings', 'series', asked],
    queryFn: async () =>
      (await ask('/clinics/{clinic}/series/preview', { params: { path: { clinic } }, body: asked })).data?.items ?? [],
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  })
