import { change, type NewSeries } from '@chairside/api'
import { VISIT_TOUCHES } from '../writes'

export const bookSeries = (clinic: string, body: NewSeries) =>
  change('post', '/clinics/{clinic}/series', { params: { clinic }, touches: VISIT_TOUCHES, body })

/** When that visit of it begins; all that follow keep their distance. */
export const moveSeries = (clinic: string, series_id: string, number: number, starts_at: string) =>
  change('post', '/clinics/{clinic}/series/{series_id}/reschedulings', {
    params: { clinic, series_id },
    touches: VISIT_TOUCHES,
    body: { number, starts_at },
  })

/** That visit of it and all that follow. */
export const cancelSeries = (clinic: string, series_id: string, number: number, reason: string) =>
  change('post', '/clinics/{clinic}/series/{series_id}/cancellations', {
    params: { clinic, series_id },
    touches: VISIT_TOUCHES,
    body: { number, reason },
  })

export const bringSeriesBack = (clinic: string, series_id: string, cancellation_id: string) =>
  change('delete', '/clinics/{clinic}/series/{series_id}/cancellations/{cancellation_id}', {
    params: { clinic, series_id, cancellation_id },
    touches: VISIT_TOUCHES,
  })
