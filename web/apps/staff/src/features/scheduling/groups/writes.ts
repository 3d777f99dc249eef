import { change, type GroupSession, type NewGroupSession } from '@chairside/api'
import type { Slot } from '../model'
import { VISIT_TOUCHES } from '../writes'

type Target = Pick<GroupSession, 'id' | 'version'>
const touches = [...VISIT_TOUCHES, 'openings']
const toward = (clinic: string, { id, version }: Target) => ({
  params: { clinic, group_session_id: id },
  thing: id,
  version,
  touches,
})

export const openSession = (clinic: string, body: NewGroupSession) =>
  change('post', '/clinics/{clinic}/group-sessions', { params: { clinic }, touches, body })

/** With everybody in it. */
export const moveSession = (
  clinic: string,
  session: Target,
  { starts_at, provider_id, operatory_id }: Pick<Slot, 'starts_at' | 'provider_id' | 'operatory_id'>,
) =>
  change('post', '/clinics/{clinic}/group-sessions/{group_session_id}/rescheduling', {
    ...toward(clinic, session),
    body: { starts_at, provider_id, operatory_id },
  })

export const cancelSession = (clinic: string, session: Target, reason: string) =>
  change('post', '/clinics/{clinic}/group-sessions/{group_session_id}/cancellation', {
    ...toward(clinic, session),
    body: { reason },
  })

export const bringSessionBack = (clinic: string, group_session_id: string) =>
  change('delete', '/clinics/{clinic}/group-sessions/{group_session_id}/cancellation', {
    params: { clinic, group_session_id },
    touches,
  })

export const changeSeats = (clinic: string, session: Target, capacity: number) =>
  change('patch', '/clinics/{clinic}/group-sessions/{group_session_id}', { ...toward(clinic, session), body: { capacity } })
