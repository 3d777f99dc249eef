import { change, type NewWaiting, type Waiting } from '@chairside/api'
import type { WaitingFacts } from './model'

const touches = ['waitlist']
type Target = Pick<Waiting, 'id' | 'version'>
const toward = (clinic: string, { id, version }: Target) => ({
  params: { clinic, entry_id: id },
  thing: id,
  version,
  touches,
})

export const putOnWaitlist = (clinic: string, body: NewWaiting) =>
  change('post', '/clinics/{clinic}/waitlist', { params: { clinic }, touches, body })

export const changeWaiting = (clinic: string, entry: Target, body: Partial<WaitingFacts>) =>
  change('patch', '/clinics/{clinic}/waitlist/{entry_id}', { ...toward(clinic, entry), body })

export const stopWaiting = (clinic: string, entry: Target, reason: string) =>
  change('post', '/clinics/{clinic}/waitlist/{entry_id}/closure', { ...toward(clinic, entry), body: { reason } })
export const waitAgain = (clinic: string, entry: Target) =>
  change('delete', '/clinics/{clinic}/waitlist/{entry_id}/closure', toward(clinic, entry))
