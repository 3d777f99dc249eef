import { change, type NewFavourite } from '@chairside/api'
import type { Facts } from './model'

const PATH = '/clinics/{clinic}/patients/{patient_id}/prescriptions'
const touches = ['prescriptions']
export type Target = { id: string; patient_id: string; version: number }
const toward = (clinic: string, { id, patient_id, version }: Target) => ({
  params: { clinic, patient_id, prescription_id: id },
  thing: id,
  version,
  touches,
})

export const draftPrescription = (clinic: string, patient_id: string, body: Facts) =>
  change('post', PATH, { params: { clinic, patient_id }, touches, body })
export const changePrescription = (clinic: string, one: Target, body: Partial<Facts>) =>
  change('patch', `${PATH}/{prescription_id}`, { ...toward(clinic, one), body: body as { drug?: string } })
/** Of the version that was seen. */
export const issuePrescription = (clinic: string, one: Target, override_reason: string | null) =>
  change('post', `${PATH}/{prescription_id}/issue`, { ...toward(clinic, one), body: { override_reason } })
export const cancelPrescription = (clinic: string, one: Target, reason: string) =>
  change('post', `${PATH}/{prescription_id}/cancellation`, { ...toward(clinic, one), body: { reason } })
export const restorePrescription = (clinic: string, one: Target) =>
  change('delete', `${PATH}/{prescription_id}/cancellation`, toward(clinic, one))

const ours = (clinic: string) => ({ params: { clinic }, touches: ['prescription-favourites'] })
export const addFavourite = (clinic: string, body: NewFavourite) =>
  change('post', '/clinics/{clinic}/prescription-favourites', { ...ours(clinic), body })
export const beginFavourites = (clinic: string) =>
  change('post', '/clinics/{clinic}/prescription-favourites/starting-list', ours(clinic))
export const removeFavourite = (clinic: string, favourite_id: string) =>
  change('delete', '/clinics/{clinic}/prescription-favourites/{favourite_id}', {
    params: { clinic, favourite_id },
    touches: ['prescription-favourites'],
  })
