import { type BookingRequest, change, type NewBookingPage } from '@chairside/api'

export const setPage = (clinic: string, version: number, body: NewBookingPage) =>
  change('put', '/clinics/{clinic}/booking-page', {
    params: { clinic },
    thing: 'booking-page',
    version,
    touches: ['booking-page'],
    body,
  })

type Target = Pick<BookingRequest, 'id' | 'version'>
const toward = (clinic: string, { id, version }: Target) => ({
  params: { clinic, request_id: id },
  thing: id,
  version,
  touches: ['booking-requests', 'schedule', 'patients'],
})

/** Whose visit it becomes; by name and number where it is not said. */
export type Whose = { patient_id?: string; as_new?: boolean }
export const accept = (clinic: string, request: Target, whose: Whose = {}) =>
  change('post', '/clinics/{clinic}/booking-requests/{request_id}/acceptance', { ...toward(clinic, request), body: whose })
export const decline = (clinic: string, request: Target, why: { words: string | null; reason: string | null }) =>
  change('post', '/clinics/{clinic}/booking-requests/{request_id}/refusal', { ...toward(clinic, request), body: why })
