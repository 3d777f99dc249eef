import { change } from '@chairside/api'

type NewFill = {
  provider_id: string
  operatory_id: string | null
  starts_at: string
  ends_at: string
  wave_size: number
  wave_minutes: number
}
const touches = ['openings']

export const offerTime = (clinic: string, body: NewFill) =>
  change('post', '/clinics/{clinic}/opening-fills', { params: { clinic }, touches, body })

export const stopOffering = (clinic: string, fill_id: string) =>
  change('post', '/clinics/{clinic}/opening-fills/{fill_id}/withdrawal', { params: { clinic, fill_id }, touches })
