import { type Chosen, EVERYWHERE, keysOf, type Shortcut } from '@chairside/commands'
import type { Messages } from '@chairside/i18n'
import type { MessageKeys, NestedKeyOf } from 'use-intl'

type Known = Shortcut & {
  group: keyof Messages['shell']['groups']
  words: MessageKeys<Messages, NestedKeyOf<Messages>>
  /** Any of these permissions: without them nobody is told about it. */
  needs?: string[]
  /** Beyond its page, what must be so. */
  where?: keyof Messages['shell']['when']
}

const go = (words: Known['words'], keys: string, ...needs: string[]): Known => ({
  group: 'go',
  words,
  keys,
  page: EVERYWHERE,
  needs,
})
const day = (words: Known['words'], keys: string, more: Partial<Known> = {}): Known => ({
  ...{ group: 'schedule', words, keys, page: 'schedule', where: 'day' },
  ...more,
})
const REPORTS = ['reports.day', 'reports.read']
const report = (words: Known['words'], keys: string): Known => ({
  ...{ group: 'day', words, keys, page: 'day', where: 'report', needs: REPORTS },
})
const WRITE = ['scheduling.book', 'scheduling.book_own']
const visit = (words: Known['words'], keys: string): Known => day(words, keys, { group: 'visit', where: 'visit', needs: WRITE })
const patient = (words: Known['words'], keys: string, ...needs: string[]): Known => ({
  ...{ group: 'patient', words, keys, page: 'patient', where: 'patient', needs },
})
const ledger = (words: Known['words'], keys: string, ...needs: string[]): Known => ({
  ...patient(words, keys, ...needs),
  where: 'ledger',
})
const invoice = (words: Known['words'], keys: string, ...needs: string[]): Known => ({
  ...{ group: 'invoice', words, keys, page: 'invoice', where: 'invoice', needs },
})
const recall = (words: Known['words'], keys: string, ...needs: string[]): Known => ({
  ...{ group: 'recalls', words, keys, page: 'recalls', where: 'recalls', needs },
})
const waiting = (words: Known['words'], keys: string, ...needs: string[]): Known => ({
  ...{ group: 'waitlist', words, keys, page: 'waitlist', where: 'waitlist', needs },
})
const lab = (words: Known['words'], keys: string): Known => ({
  ...{ group: 'labs', words, keys, page: 'lab-cases', where: 'labs', needs: ['labs.track'] },
})
const waits = (words: Known['words'], keys: string, ...needs: string[]): Known => ({
  ...{ group: 'patients', words, keys, page: 'unscheduled', where: 'unscheduled', needs },
})
const practice = (words: Known['words'], page: string): Known => ({
  ...{ group: 'practice', words, keys: 'N', page, where: 'list', needs: ['clinic.write'] },
})

/**
 * The usual keys of every command that has some. The `?` sheet and the page of preferences list these, the palette and the buttons
 * show them; `useCommands` finds them here by the command's id.
 */
export const SHORTCUTS = {
  palette: { group: 'app', words: 'shell.search', keys: 'Mod+K', page: EVERYWHERE },
  undo: { group: 'app', words: 'shell.undoLast', keys: 'Z', page: EVERYWHERE },
  shortcuts: { group: 'app', words: 'shell.shortcuts', keys: '?', page: EVERYWHERE },
  lock: { group: 'app', words: 'shell.lock', keys: 'Mod+Shift+L', page: EVERYWHERE },
  send: { group: 'app', words: 'shell.sendForm', keys: 'Mod+Enter', page: EVERYWHERE, fixed: true },

  schedule: go('nav.schedule', 'G S', 'scheduling.read'),
  patients: go('nav.patients', 'G P', 'patients.read'),
  register: go('nav.register', 'G N', 'patients.register'),
  day: go('nav.day', 'G T', ...REPORTS),
  recalls: go('nav.recalls', 'G R', 'recalls.read'),
  waitlist: go('nav.waitlist', 'G W', 'recalls.read'),
  unsignedNotes: go('nav.unsignedNotes', 'G U', 'notes.write', 'notes.cosign', 'notes.oversee'),
  labCases: go('nav.labCases', 'G L', 'labs.track'),
  unscheduled: go('nav.unscheduled', 'G A', 'treatment.read'),
  inbox: go('nav.inbox', 'G I', 'messages.read'),
  billing: go('nav.billing', 'G B', 'billing.read'),
  'close-day': go('nav.closeDay', 'G C', 'billing.close_day'),
  preferences: go('shell.preferences', 'G M'),

  'print-day': { group: 'app', words: 'reports.print', keys: 'Shift+P', page: EVERYWHERE, needs: ['scheduling.read'] },

  'day-before': report('schedule.previous', 'K'),
  'day-after': report('schedule.next', 'J'),
  'day-today': report('schedule.today', 'T'),
  'day-choose': report('schedule.goToDate', 'G D'),

  'grid-move': day('shell.gridMove', '↑ ↓ ← →', { fixed: true }),
  'grid-open': day('shell.gridOpen', 'Enter', { fixed: true }),
  book: day('schedule.book', 'N', { needs: ['scheduling.book', 'scheduling.book_own'] }),
  'find-time': day('schedule.findTime', 'Shift+F', { needs: ['scheduling.book', 'scheduling.book_own'] }),
  block: day('schedule.blockTime', 'Shift+B', { needs: ['scheduling.book', 'scheduling.book_own'] }),
  fill: day('schedule.fillTime', 'Shift+W', { needs: ['recalls.read'] }),
  today: day('schedule.today', 'T'),
  next: day('schedule.next', 'J'),
  previous: day('schedule.previous', 'K'),
  date: day('schedule.goToDate', 'G D'),
  'view-day': day('schedule.dayView', '1'),
  'view-week': day('schedule.weekView', '2'),
  'view-agenda': day('schedule.agenda', '3'),
  views: day('schedule.views', 'Shift+V'),

  arrive: visit('schedule.arrive', 'A'),
  seat: visit('schedule.seat', 'S'),
  complete: visit('schedule.complete', 'D'),
  confirm: visit('schedule.confirmVisit', 'F'),
  move: visit('schedule.move', 'M'),
  stretch: visit('schedule.stretch', 'Shift+M'),
  carry: visit('schedule.carry', 'C'),
  put: { ...visit('schedule.put', 'V'), where: 'carrying' },
  leave: { ...visit('schedule.leave', 'Esc'), where: 'carrying', fixed: true },
  'no-show': visit('schedule.noShow', 'W'),
  'take-back': visit('schedule.takeLastBack', 'U'),
  cancel: visit('schedule.cancel', 'X'),
  open: day('schedule.openChart', 'O', { group: 'visit', where: 'visit' }),
  slip: day('schedule.slip', 'R', { group: 'visit', where: 'visit' }),

  find: { group: 'patients', words: 'patients.find', keys: '/', page: 'patients', where: 'patients', needs: ['patients.read'] },
  'tab-summary': patient('patients.tabs.summary', '1', 'patients.read'),
  'tab-medical': patient('patients.tabs.medical', '2', 'history.read'),
  'tab-chart': patient('patients.tabs.chart', '3', 'charting.read'),
  'tab-perio': patient('patients.tabs.perio', '4', 'charting.read'),
  'tab-notes': patient('patients.tabs.notes', '5', 'notes.read'),
  'tab-orders': patient('patients.tabs.orders', 'X', 'prescribing.read', 'labs.track'),
  'tab-plan': patient('patients.tabs.plan', '6', 'treatment.read'),
  'tab-imaging': patient('patients.tabs.imaging', '9', 'imaging.read'),
  'tab-appointments': patient('patients.tabs.appointments', 'A', 'patients.read'),
  'tab-details': patient('patients.tabs.details', 'D', 'patients.read'),
  'tab-messages': patient('patients.tabs.messages', 'M', 'messages.read'),
  'tab-ledger': patient('patients.tabs.ledger', '7', 'billing.read'),
  'tab-access': patient('patients.tabs.access', '8', 'audit.read'),
  'ledger-letter': patient('patients.tabs.ledger', 'L', 'billing.read'),
  'record-allergy': { ...patient('alerts.record', 'Shift+A', 'history.write'), page: EVERYWHERE },
  'history-reviewed': { ...patient('history.review', 'R', 'history.write'), where: 'medical' },
  'plan-bring': { ...patient('plans.bring', 'B', 'treatment.write'), where: 'plan' },
  'plan-add': { ...patient('plans.add', 'E', 'treatment.write'), where: 'plan' },
  'plan-show': { ...patient('plans.show', 'V', 'treatment.write'), where: 'plan' },
  'plan-move': { ...patient('plans.keys.move', 'Shift+↓', 'treatment.write'), where: 'plan', fixed: true },
  'plan-change': { ...patient('plans.keys.change', 'Enter', 'treatment.write'), where: 'plan', fixed: true },
  'plan-book': { ...patient('plans.keys.book', 'Shift+B', ...WRITE), where: 'plan', fixed: true },
  'plan-done': { ...patient('plans.keys.done', 'Shift+D', 'treatment.write'), where: 'plan', fixed: true },
  'plan-accept': { ...patient('plans.acceptAll', 'A', 'treatment.write'), page: 'presentation', where: 'plan', fixed: true },
  'plan-print': { ...patient('plans.print', 'R', 'treatment.read'), page: 'presentation', where: 'plan', fixed: true },
  'new-note': patient('notes.new', 'Shift+N', 'notes.write'),
  'new-prescription': patient('prescribing.new', 'Shift+X', 'prescribing.write'),
  'new-lab-case': patient('labs.new', 'Shift+L', 'labs.write'),
  'book-patient': patient('patients.bookVisit', 'N', 'scheduling.book', 'scheduling.book_own'),
  payment: ledger('billing.takePayment', 'P', 'billing.collect'),
  invoice: ledger('billing.newInvoice', 'I', 'billing.invoice'),
  charge: ledger('billing.addCharge', '+', 'billing.charge'),
  adjustment: ledger('billing.adjust', '-', 'billing.adjust'),

  'invoice-issue': invoice('billing.issue', 'I', 'billing.invoice'),
  'invoice-payment': invoice('billing.takePayment', 'P', 'billing.collect'),
  'invoice-apply-credit': invoice('billing.useUnusedCredit', 'C', 'billing.collect'),
  'invoice-pdf': invoice('billing.print', 'R', 'billing.read'),
  'show-invoices': {
    group: 'billing',
    words: 'billing.invoices',
    keys: 'V I',
    page: 'billing',
    where: 'billing',
    needs: ['billing.read'],
  },
  'show-payments': {
    group: 'billing',
    words: 'billing.payments',
    keys: 'V P',
    page: 'billing',
    where: 'billing',
    needs: ['billing.read'],
  },

  'recall-next': recall('recalls.next', 'J', 'recalls.read'),
  'recall-previous': recall('recalls.previous', 'K', 'recalls.read'),
  'recall-book': recall('recalls.book', 'B', ...WRITE),
  'recall-attempt': recall('recalls.attempt', 'A', 'recalls.write'),
  'recall-snooze': recall('recalls.snooze', 'S', 'recalls.write'),
  'recall-close': recall('recalls.close', 'X', 'recalls.write'),
  'waiting-next': waiting('recalls.next', 'J', 'recalls.read'),
  'waiting-previous': waiting('recalls.previous', 'K', 'recalls.read'),
  'waiting-book': waiting('recalls.waitlist.book', 'B', ...WRITE),
  'waiting-change': waiting('recalls.waitlist.change', 'E', 'recalls.write'),
  'waiting-close': waiting('recalls.waitlist.close', 'X', 'recalls.write'),

  'lab-next': lab('labs.next', 'J'),
  'lab-previous': lab('labs.previous', 'K'),
  'lab-sent': lab('labs.steps.sent', 'S'),
  'lab-received': lab('labs.steps.received', 'R'),
  'unscheduled-next': waits('plans.next', 'J', 'treatment.read'),
  'unscheduled-previous': waits('plans.previous', 'K', 'treatment.read'),
  'unscheduled-book': waits('plans.book', 'B', ...WRITE),

  'add-provider': practice('setup.addProvider', 'providers'),
  'add-operatory': practice('setup.addOperatory', 'operatories'),
  invite: { ...practice('nav.invite', 'staff'), needs: ['members.write'] },
  'add-program': { ...practice('nav.addProgram', 'security'), needs: ['service_accounts.write'] },
  'add-service': practice('setup.addService', 'services'),
  'add-procedure': practice('procedures.add', 'procedures'),
  'add-note-template': { ...practice('notes.templates.add', 'note-templates'), needs: ['notes.templates'] },
  'add-calendar': practice('nav.addCalendar', 'calendars'),
  'add-recall-type': practice('recalls.addType', 'recall-types'),
} satisfies Record<string, Known>

export const KNOWN: Record<string, Known> = SHORTCUTS
export type WithKeys = keyof typeof SHORTCUTS

export const usualOf = (id: string) => keysOf(KNOWN, {}, id)
/** Without what is the usual again. */
export const tidied = (chosen: Chosen): Chosen =>
  Object.fromEntries(Object.entries(chosen).filter(([id, keys]) => keys !== KNOWN[id]?.keys))
