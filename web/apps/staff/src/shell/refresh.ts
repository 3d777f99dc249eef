import type { LiveEvent } from '@chairside/live'

type Resource = readonly string[]

/** Of every resource that a patient's money shows in. */
const MONEY = (patient: string): Resource[] => [
  ['ledger', patient],
  ['charges', patient],
  ['invoices', 'of', patient],
  ['invoices', 'list'],
  ['payments', 'list'],
  ['today'],
  ['drawer'],
]
/** Whose anything is: a merge moves whatever names a patient. */
const WHOSE: Resource[] = [
  'patients',
  'visits',
  'schedule',
  'today',
  'ledger',
  'charges',
  'invoices',
  'payments',
  'history',
  'alerts',
  'tooth-chart',
  'perio-exams',
  'notes',
  'prescriptions',
  'lab-cases',
  'treatment-plans',
  'unscheduled-treatment',
  'images',
  'image-mounts',
].map(one => [one])
const SETUP: Record<string, Resource[]> = {
  // Whose business a record is belongs to the clinic, too.
  'tenancy.clinic_details_changed': [['clinic'], ['schedule'], ['patients']],
  'scheduling.clinic_hours_changed': [['hours'], ['holidays'], ['schedule']],
  'scheduling.provider_hours_changed': [['hours'], ['overrides'], ['schedule']],
  'scheduling.calendar_added': [['calendars']],
  'scheduling.calendar_changed': [['calendars']],
  'scheduling.provider_changed': [['resources'], ['schedule'], ['licences'], ['signatures']],
  'scheduling.outside_calendar_asked': [['outside-calendars']],
  'scheduling.outside_calendar_changed': [['outside-calendars']],
  'catalog.service_added': [['resources']],
  'catalog.service_changed': [['resources']],
  'catalog.procedures_changed': [['procedures']],
  'booking.page_changed': [['booking-page']],
  'messaging.reminders_changed': [['reminders'], ['messages']],
  'recalls.type_added': [['recall-types']],
  'recalls.type_changed': [['recall-types'], ['recalls']],
}

/** What shows a thing that an event names, by the beginnings of the keys of its queries; visits on the schedule apart. */
export function outdatedBy({ type, topic, ids }: LiveEvent): Resource[] {
  const { patient_id = '', appointment_id, invoice_id, payment_id, import_id, close_id } = ids
  switch (topic) {
    case 'schedule':
      // A time that is held or blocked, or busy elsewhere, or no longer, is nobody's visit, and a session of a group is none either: the boards are read anew.
      if (ids.booking_id) return [['booking-requests'], ['schedule'], ['openings']]
      if (ids.hold_id || ids.blockout_id || ids.provider_id || ids.group_session_id) return [['schedule'], ['openings']]
      return [
        ['visits', 'one', appointment_id ?? ''],
        ['visits', patient_id],
        ['today'],
        ['openings'],
        ['recalls'],
        ['waitlist'],
        ['lab-cases'],
      ]
    case 'charts':
      return [[type === 'charting.perio_changed' ? 'perio-exams' : 'tooth-chart', patient_id]]
    case 'history':
      return [
        ['history', patient_id],
        ['alerts', patient_id],
      ]
    case 'notes':
      if (ids.template_id) return [['note-templates'], ['note-snippets']]
      return [
        ['notes', patient_id],
        ['notes', 'unsigned'],
      ]
    case 'prescriptions':
      return ids.favourite_id ? [['prescription-favourites']] : [['prescriptions', patient_id]]
    case 'labs':
      return ids.laboratory_id ? [['laboratories'], ['lab-cases']] : [['lab-cases']]
    case 'treatment':
      return [['treatment-plans', patient_id], ['unscheduled-treatment']]
    case 'images':
      return [[ids.mount_id ? 'image-mounts' : 'images', patient_id]]
    case 'conversations':
      return [['messages']]
    case 'recalls':
      if (ids.fill_id) return [['openings', 'fills']]
      return /waitlist/.test(type) ? [['waitlist']] : [['recalls']]
    case 'patients':
      if (type.startsWith('merging.')) return WHOSE
      return [
        ['patients', patient_id],
        ['patients', 'list'],
        ['patients', 'search'],
      ]
    case 'billing':
      return [
        ...(patient_id ? MONEY(patient_id) : [['today']]),
        ...(close_id ? [['day-closes'], ['drawer']] : []),
        ...(invoice_id ? [['invoices', invoice_id]] : []),
        ...(payment_id ? [['payments', payment_id]] : []),
        // What a payment covers is on invoices that the event does not name.
        ...(payment_id && patient_id ? [['invoices']] : []),
      ]
    case 'imports':
      return [
        ['imports', import_id ?? ''],
        ['imports', 'list'],
        ...(/finished|undone/.test(type) ? [['patients'], ['ledger']] : []),
      ]
    case 'members':
      return [['members'], ['invitations'], ['colleagues']]
    case 'setup':
      return SETUP[type] ?? [['resources'], ['schedule']]
    default:
      return []
  }
}
