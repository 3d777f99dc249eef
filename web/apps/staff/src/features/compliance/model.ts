import type { AuditEvent } from '@chairside/api'

/** What the record speaks of and has words for; what is newer than these words is called by its own name. */
export const ENTITIES = [
  'allocation', 'appointment', 'appointment_item', 'appointment_step', 'audit_event', 'blockout', 'booking_page',
  'booking_provider', 'booking_service', 'calendar', 'calendar_feed', 'calendar_need', 'calendar_provider', 'calendar_resource',
  'calendar_service', 'candidate', 'care_team', 'cash_drawer', 'charge', 'clinic', 'clinic_key', 'clinic_number',
  'completed_item', 'contact_preference', 'credit', 'day_close', 'day_close_reversal', 'day_report', 'day_sheet', 'dentition',
  'finding', 'group_session', 'history_entry', 'history_version', 'holiday', 'hours_override', 'image', 'image_mark',
  'image_mount', 'import', 'inbound_text', 'invitation', 'invoice', 'invoice_line', 'invoice_series', 'lab_case', 'lab_case_step',
  'laboratory', 'ledger', 'licence', 'location', 'medical_history', 'membership', 'membership_role', 'message',
  'message_template', 'note', 'note_addendum', 'note_signature', 'note_snippet', 'note_template', 'note_version', 'opening_fill',
  'opening_offer', 'operatory', 'outside_calendar', 'patient', 'patient_link', 'patient_merge', 'payment', 'perio_exam',
  'perio_tooth', 'prescription', 'prescription_favourite', 'procedure', 'procedure_version', 'provider', 'provider_signature',
  'proxy', 'proxy_proof', 'public_booking', 'recall', 'recall_attempt', 'recall_type', 'recall_type_service', 'record', 'refund',
  'reminder', 'reminder_rule', 'reminder_setting', 'role', 'route_slip', 'schedule', 'schedule_view', 'service',
  'service_account', 'service_key', 'session', 'stopped_address', 'stopped_number', 'stored_file', 'tooth_chart', 'travel',
  'treatment_acceptance', 'treatment_booking', 'treatment_item', 'treatment_plan', 'treatment_presentation', 'treatment_work',
  'vacation', 'visit_series', 'waitlist_entry', 'waitlist_provider', 'weekly_hours',
] as const // biome-ignore format: one reads a list better in few lines
export type Entity = (typeof ENTITIES)[number]

export const ACTIONS = ['read', 'insert', 'update', 'delete', 'export', 'sign_in'] as const
export type Action = (typeof ACTIONS)[number]

/** What a person does to get in, or with what lets them in. */
export const ACTS = [
  'sign_in',
  'sign_out',
  'lock',
  'unlock',
  'step_up',
  'end_session',
  'end_sessions',
  'end_session_of',
  'end_sessions_of',
  'choose_pin',
  'add_authenticator',
  'add_passkey',
  'change_email',
  'change_password',
  'give_password_link',
  'link_outside_identity',
  'unlink_outside_identity',
  'make_recovery_codes',
  'remove_authenticator',
  'remove_passkey',
  'see_as',
] as const
export type Act = (typeof ACTS)[number]
export const isAct = (action: string): action is Act => ACTS.includes(action as Act)

export type Filters = {
  who?: string
  what?: string
  did?: string
  outcome?: string
  from?: string
  to?: string
  patient?: string
}

/** Which sentence says it: of one patient's record, of a list of several, of a thing of a patient's, or of a thing alone. */
export function sentenceOf({ action, entity, outcome, patient_id, patients }: AuditEvent) {
  if (outcome === 'refused' && action === 'try') return entity === 'NotOnCareTeam' && patient_id ? 'refusedRecord' : 'refused'
  if (action === 'export') return 'exported'
  if (action === 'read') {
    if (entity === 'audit_event') return 'readAudit'
    if (patient_id) return entity === 'patient' ? 'openedPatient' : 'openedOf'
    return patients === null ? 'opened' : entity === 'patient' ? 'listedPatients' : 'listed'
  }
  const of = patient_id && entity !== 'patient'
  if (action === 'insert') return entity === 'patient' ? 'registered' : of ? 'addedOf' : 'added'
  if (action === 'update') return entity === 'patient' ? 'changedPatient' : of ? 'changedOf' : 'changed'
  if (action === 'delete') return of ? 'removedOf' : 'removed'
  return 'did'
}

/** A value as it lies in the table, for a person: text as it is, everything else as JSON writes it. */
export const valueText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
