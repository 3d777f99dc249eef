import {
  type CompletedItem,
  change,
  type DayPatient,
  type DayVisit,
  type Schedule,
  type Service,
  type Status,
} from '@chairside/api'
import type { Change } from '@chairside/offline'
import type { Slot } from './model'

export type Step = keyof typeof LEADS_TO
type Target = Pick<DayVisit, 'id' | 'version'>
/** Why it is booked over others, whose hold gives it its time, the calendar that says what else it takes, or the session of
 * a group in which it is a seat. */
export type Overbooking = { overbooking_reason?: string; hold_id?: string; calendar_id?: string; group_session_id?: string }

const LEADS_TO = {
  confirmation: 'confirmed',
  arrival: 'arrived',
  seating: 'in_chair',
  'no-show': 'no_show',
} as const satisfies Record<string, Status>
/** A visit changes the day, the patient's list, the day's numbers, recalls and the waiting list. */
export const VISIT_TOUCHES = ['schedule', 'visits', 'today', 'recalls', 'waitlist']
const endOf = (slot: Slot) => new Date(Date.parse(slot.starts_at) + slot.duration_minutes * 60_000).toISOString()
const toward = (clinic: string, { id, version }: Target) => ({
  params: { clinic, appointment_id: id },
  thing: id,
  version,
  touches: VISIT_TOUCHES,
})

export const reschedule = (clinic: string, visit: Target, slot: Slot, over: Overbooking = {}) => ({
  ...change('post', '/clinics/{clinic}/appointments/{appointment_id}/rescheduling', {
    ...toward(clinic, visit),
    body: { ...slot, ...over, suggest: true },
  }),
  foreseen: { id: visit.id, ...slot, ends_at: endOf(slot) },
})

export const take = (clinic: string, visit: Target, step: Step) => ({
  ...change('post', `/clinics/{clinic}/appointments/{appointment_id}/${step}` as const, toward(clinic, visit)),
  foreseen: { id: visit.id, status: LEADS_TO[step] },
})

export const cancel = (clinic: string, visit: Target, reason: string) => ({
  ...change('post', '/clinics/{clinic}/appointments/{appointment_id}/cancellation', {
    ...toward(clinic, visit),
    body: { reason },
  }),
  foreseen: { id: visit.id, status: 'cancelled' },
})

export type Taken = Step | 'cancellation' | 'completion'
export const LED_TO: Record<Taken, Status> = { ...LEADS_TO, completion: 'completed', cancellation: 'cancelled' }
/** With a completion goes what it charged. */
const CHARGED = [...VISIT_TOUCHES, 'ledger', 'charges']

/** Takes the last step back; `before` is the visit as it was, where that is known. */
export const takeBack = (clinic: string, visit: Target, step: Taken, before?: DayVisit) => ({
  ...change('delete', `/clinics/{clinic}/appointments/{appointment_id}/${step}` as const, {
    ...toward(clinic, visit),
    touches: step === 'completion' ? CHARGED : VISIT_TOUCHES,
  }),
  foreseen: before && { ...before },
})

/** The visit is over again, with what was done as it had been said. */
export const completeAgain = (clinic: string, visit: Target, done: CompletedItem[]) =>
  change('post', '/clinics/{clinic}/appointments/{appointment_id}/completion', {
    ...toward(clinic, visit),
    touches: CHARGED,
    body: {
      items: done.map(({ service_id, quantity, unit_price, price_reason }) => ({
        ...{ service_id, quantity, price: unit_price },
        price_reason: price_reason ?? undefined,
      })),
    },
  })

export type NewBlock = { provider_id?: string; operatory_id?: string; starts_at: string; ends_at: string; reason: string }
const BLOCK_TOUCHES = ['schedule', 'openings']

export const block = (clinic: string, body: NewBlock) =>
  change('post', '/clinics/{clinic}/blockouts', { params: { clinic }, touches: BLOCK_TOUCHES, body })

export const unblock = (clinic: string, blockout_id: string) =>
  change('delete', '/clinics/{clinic}/blockouts/{blockout_id}', { params: { clinic, blockout_id }, touches: BLOCK_TOUCHES })

/** For as long as somebody is asked who it is for, nobody else is given the time. */
export const hold = (
  clinic: string,
  { starts_at, duration_minutes, provider_id, operatory_id }: Slot,
  service_id?: string,
  calendar_id?: string,
) =>
  change('post', '/clinics/{clinic}/holds', {
    params: { clinic },
    touches: [],
    body: { starts_at, duration_minutes, provider_id, operatory_id, service_id, calendar_id },
  })

export const letGo = (clinic: string, hold_id: string) =>
  change('delete', '/clinics/{clinic}/holds/{hold_id}', { params: { clinic, hold_id }, touches: [] })

export const annotate = (clinic: string, visit: Target, notes: string | null) => ({
  ...change('patch', '/clinics/{clinic}/appointments/{appointment_id}', { ...toward(clinic, visit), body: { notes } }),
  foreseen: { id: visit.id, notes },
})

export function book(clinic: string, patient: DayPatient, service: Service, slot: Slot, over: Overbooking = {}) {
  const body = { ...slot, ...over, patient_id: patient.id, service_id: service.id, suggest: true }
  const sent = change('post', '/clinics/{clinic}/appointments', { params: { clinic }, touches: VISIT_TOUCHES, body })
  const foreseen = {
    ...body,
    id: sent.key,
    patient,
    items: [{ service_id: service.id, quantity: 1, tooth: null, surfaces: null }],
    ends_at: endOf(slot),
    status: 'scheduled',
    notes: null,
    buffer_before_minutes: service.buffer_before_minutes,
    buffer_after_minutes: service.buffer_after_minutes,
    version: 0,
  }
  return { ...sent, foreseen }
}

/** The day as it will be when everything still waiting has been accepted. What is refused leaves the list, and the day with it. */
export function foresee<S extends Pick<Schedule, 'appointments'>>(day: S, waiting: readonly Change[]): S {
  let { appointments } = day
  for (const { foreseen } of waiting as readonly (Change & { foreseen?: Partial<DayVisit> })[]) {
    if (!foreseen?.id) continue
    const known = appointments.some(visit => visit.id === foreseen.id)
    if (known) appointments = appointments.map(visit => (visit.id === foreseen.id ? { ...visit, ...foreseen } : visit))
    else if (foreseen.patient) appointments = [...appointments, foreseen as DayVisit]
  }
  return { ...day, appointments: appointments.filter(visit => visit.status !== 'cancelled') }
}
