import type { DayVisit, GroupSession, Status } from '@chairside/api'

/** What is drawn once: a visit, or a session of a group with the visits that have its seats. */
export type Block = { visit: DayVisit; session?: GroupSession; seats?: DayVisit[] }
type Known = { appointments: DayVisit[]; group_sessions?: GroupSession[] }

const gives = ({ status }: Pick<DayVisit, 'status'>) => status !== 'no_show' && status !== 'cancelled'

/** Visits one by one, and each session once with everybody in it, by time. */
export function blocksOf({ appointments, group_sessions = [] }: Known): Block[] {
  if (!group_sessions.length) return appointments.map(visit => ({ visit }))
  const sessions = new Set(group_sessions.map(one => one.id))
  const alone = appointments.filter(visit => !visit.group_session_id || !sessions.has(visit.group_session_id))
  const together = group_sessions.map(session => {
    const seats = appointments.filter(visit => visit.group_session_id === session.id)
    return { visit: standIn(session, seats), session, seats }
  })
  return [...alone.map((visit): Block => ({ visit })), ...together].sort(
    (a, b) => Date.parse(a.visit.starts_at) - Date.parse(b.visit.starts_at) || (a.visit.id < b.visit.id ? -1 : 1),
  )
}

/** How many of its seats are visits now, as this board knows them. */
export const takenOf = (seats: Pick<DayVisit, 'status'>[] = []) => seats.filter(gives).length

/** As far along as the one of them who is least far; whoever did not come is not waited for. */
const ORDER: Status[] = ['requested', 'scheduled', 'confirmed', 'arrived', 'in_chair', 'completed']
function statusOf(seats: DayVisit[]): Status {
  const there = seats.filter(gives).map(seat => ORDER.indexOf(seat.status as Status))
  return (there.length && ORDER[Math.min(...there)]) || 'scheduled'
}

/** A session in the place of a visit: what is drawn and moved has its time, its place and its name. */
function standIn(session: GroupSession, seats: DayVisit[]): DayVisit {
  const { id, name, service_id, provider_id, operatory_id, starts_at, ends_at, duration_minutes, version } = session
  const { buffer_before_minutes, buffer_after_minutes, calendar_id, also } = session
  const patient = { id, name, birth_date: null, register_number: '', phone: null, safe_for_voicemail: null, alerts: [] }
  return {
    ...{ id, provider_id, operatory_id, service_id, starts_at, ends_at, duration_minutes, version, calendar_id, also },
    ...{ buffer_before_minutes, buffer_after_minutes, group_session_id: id, status: statusOf(seats), patient_id: '' },
    ...{ items: [], overbooking_reason: null, notes: null, last_step: null, series_id: null, series_number: null },
    patient: { ...patient, balance: null, restricted: false },
  }
}
