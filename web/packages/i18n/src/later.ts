import type access from '../messages/en/access.json'
import type alerts from '../messages/en/alerts.json'
import type audit from '../messages/en/audit.json'
import type booking from '../messages/en/booking.json'
import type calendars from '../messages/en/calendars.json'
import type care from '../messages/en/care.json'
import type chart from '../messages/en/chart.json'
import type day from '../messages/en/day.json'
import type groups from '../messages/en/groups.json'
import type history from '../messages/en/history.json'
import type imaging from '../messages/en/imaging.json'
import type imports from '../messages/en/imports.json'
import type labs from '../messages/en/labs.json'
import type letters from '../messages/en/letters.json'
import type merging from '../messages/en/merging.json'
import type messages from '../messages/en/messages.json'
import type notes from '../messages/en/notes.json'
import type openings from '../messages/en/openings.json'
import type outside from '../messages/en/outside.json'
import type people from '../messages/en/people.json'
import type perio from '../messages/en/perio.json'
import type plans from '../messages/en/plans.json'
import type preferences from '../messages/en/preferences.json'
import type prescribing from '../messages/en/prescribing.json'
import type procedures from '../messages/en/procedures.json'
import type proxies from '../messages/en/proxies.json'
import type recalls from '../messages/en/recalls.json'
import type record from '../messages/en/record.json'
import type refusals from '../messages/en/refusals.json'
import type roles from '../messages/en/roles.json'
import type security from '../messages/en/security.json'
import type series from '../messages/en/series.json'
import type setup from '../messages/en/setup.json'
import type tenancy from '../messages/en/tenancy.json'
import type views from '../messages/en/views.json'

/** Words of screens that few people open, and of what seldom happens: who needs them asks for them, the first paint is spared them. */
const LATER = {
  access: {
    en: () => import('../messages/en/access.json'),
    ro: () => import('../messages/ro/access.json'),
    ar: () => import('../messages/ar/access.json'),
  },
  alerts: {
    en: () => import('../messages/en/alerts.json'),
    ro: () => import('../messages/ro/alerts.json'),
    ar: () => import('../messages/ar/alerts.json'),
  },
  audit: {
    en: () => import('../messages/en/audit.json'),
    ro: () => import('../messages/ro/audit.json'),
    ar: () => import('../messages/ar/audit.json'),
  },
  booking: {
    en: () => import('../messages/en/booking.json'),
    ro: () => import('../messages/ro/booking.json'),
    ar: () => import('../messages/ar/booking.json'),
  },
  calendars: {
    en: () => import('../messages/en/calendars.json'),
    ro: () => import('../messages/ro/calendars.json'),
    ar: () => import('../messages/ar/calendars.json'),
  },
  care: {
    en: () => import('../messages/en/care.json'),
    ro: () => import('../messages/ro/care.json'),
    ar: () => import('../messages/ar/care.json'),
  },
  chart: {
    en: () => import('../messages/en/chart.json'),
    ro: () => import('../messages/ro/chart.json'),
    ar: () => import('../messages/ar/chart.json'),
  },
  day: {
    en: () => import('../messages/en/day.json'),
    ro: () => import('../messages/ro/day.json'),
    ar: () => import('../messages/ar/day.json'),
  },
  groups: {
    en: () => import('../messages/en/groups.json'),
    ro: () => import('../messages/ro/groups.json'),
    ar: () => import('../messages/ar/groups.json'),
  },
  history: {
    en: () => import('../messages/en/history.json'),
    ro: () => import('../messages/ro/history.json'),
    ar: () => import('../messages/ar/history.json'),
  },
  imaging: {
    en: () => import('../messages/en/imaging.json'),
    ro: () => import('../messages/ro/imaging.json'),
    ar: () => import('../messages/ar/imaging.json'),
  },
  imports: {
    en: () => import('../messages/en/imports.json'),
    ro: () => import('../messages/ro/imports.json'),
    ar: () => import('../messages/ar/imports.json'),
  },
  labs: {
    en: () => import('../messages/en/labs.json'),
    ro: () => import('../messages/ro/labs.json'),
    ar: () => import('../messages/ar/labs.json'),
  },
  letters: {
    en: () => import('../messages/en/letters.json'),
    ro: () => import('../messages/ro/letters.json'),
    ar: () => import('../messages/ar/letters.json'),
  },
  merging: {
    en: () => import('../messages/en/merging.json'),
    ro: () => import('../messages/ro/merging.json'),
    ar: () => import('../messages/ar/merging.json'),
  },
  messages: {
    en: () => import('../messages/en/messages.json'),
    ro: () => import('../messages/ro/messages.json'),
    ar: () => import('../messages/ar/messages.json'),
  },
  notes: {
    en: () => import('../messages/en/notes.json'),
    ro: () => import('../messages/ro/notes.json'),
    ar: () => import('../messages/ar/notes.json'),
  },
  openings: {
    en: () => import('../messages/en/openings.json'),
    ro: () => import('../messages/ro/openings.json'),
    ar: () => import('../messages/ar/openings.json'),
  },
  outside: {
    en: () => import('../messages/en/outside.json'),
    ro: () => import('../messages/ro/outside.json'),
    ar: () => import('../messages/ar/outside.json'),
  },
  people: {
    en: () => import('../messages/en/people.json'),
    ro: () => import('../messages/ro/people.json'),
    ar: () => import('../messages/ar/people.json'),
  },
  perio: {
    en: () => import('../messages/en/perio.json'),
    ro: () => import('../messages/ro/perio.json'),
    ar: () => import('../messages/ar/perio.json'),
  },
  plans: {
    en: () => import('../messages/en/plans.json'),
    ro: () => import('../messages/ro/plans.json'),
    ar: () => import('../messages/ar/plans.json'),
  },
  preferences: {
    en: () => import('../messages/en/preferences.json'),
    ro: () => import('../messages/ro/preferences.json'),
    ar: () => import('../messages/ar/preferences.json'),
  },
  procedures: {
    en: () => import('../messages/en/procedures.json'),
    ro: () => import('../messages/ro/procedures.json'),
    ar: () => import('../messages/ar/procedures.json'),
  },
  prescribing: {
    en: () => import('../messages/en/prescribing.json'),
    ro: () => import('../messages/ro/prescribing.json'),
    ar: () => import('../messages/ar/prescribing.json'),
  },
  proxies: {
    en: () => import('../messages/en/proxies.json'),
    ro: () => import('../messages/ro/proxies.json'),
    ar: () => import('../messages/ar/proxies.json'),
  },
  recalls: {
    en: () => import('../messages/en/recalls.json'),
    ro: () => import('../messages/ro/recalls.json'),
    ar: () => import('../messages/ar/recalls.json'),
  },
  record: {
    en: () => import('../messages/en/record.json'),
    ro: () => import('../messages/ro/record.json'),
    ar: () => import('../messages/ar/record.json'),
  },
  refusals: {
    en: () => import('../messages/en/refusals.json'),
    ro: () => import('../messages/ro/refusals.json'),
    ar: () => import('../messages/ar/refusals.json'),
  },
  roles: {
    en: () => import('../messages/en/roles.json'),
    ro: () => import('../messages/ro/roles.json'),
    ar: () => import('../messages/ar/roles.json'),
  },
  security: {
    en: () => import('../messages/en/security.json'),
    ro: () => import('../messages/ro/security.json'),
    ar: () => import('../messages/ar/security.json'),
  },
  series: {
    en: () => import('../messages/en/series.json'),
    ro: () => import('../messages/ro/series.json'),
    ar: () => import('../messages/ar/series.json'),
  },
  setup: {
    en: () => import('../messages/en/setup.json'),
    ro: () => import('../messages/ro/setup.json'),
    ar: () => import('../messages/ar/setup.json'),
  },
  tenancy: {
    en: () => import('../messages/en/tenancy.json'),
    ro: () => import('../messages/ro/tenancy.json'),
    ar: () => import('../messages/ar/tenancy.json'),
  },
  views: {
    en: () => import('../messages/en/views.json'),
    ro: () => import('../messages/ro/views.json'),
    ar: () => import('../messages/ar/views.json'),
  },
}

export type Later = {
  access: typeof access
  alerts: typeof alerts
  audit: typeof audit
  booking: typeof booking
  calendars: typeof calendars
  care: typeof care
  chart: typeof chart
  day: typeof day
  groups: typeof groups
  history: typeof history
  imaging: typeof imaging
  imports: typeof imports
  labs: typeof labs
  letters: typeof letters
  merging: typeof merging
  messages: typeof messages
  notes: typeof notes
  openings: typeof openings
  outside: typeof outside
  people: typeof people
  perio: typeof perio
  plans: typeof plans
  preferences: typeof preferences
  procedures: typeof procedures
  prescribing: typeof prescribing
  proxies: typeof proxies
  recalls: typeof recalls
  record: typeof record
  refusals: typeof refusals
  roles: typeof roles
  security: typeof security
  series: typeof series
  setup: typeof setup
  tenancy: typeof tenancy
  views: typeof views
}
/** Asked before they are there, they are missing one by one and not as a whole. */
export const NOT_YET = {
  access: {},
  alerts: {},
  audit: {},
  booking: {},
  calendars: {},
  care: {},
  chart: {},
  day: {},
  groups: {},
  history: {},
  imaging: {},
  imports: {},
  labs: {},
  letters: {},
  merging: {},
  messages: {},
  notes: {},
  openings: {},
  outside: {},
  people: {},
  perio: {},
  plans: {},
  preferences: {},
  procedures: {},
  prescribing: {},
  proxies: {},
  recalls: {},
  record: {},
  refusals: {},
  roles: {},
  security: {},
  series: {},
  setup: {},
  tenancy: {},
  views: {},
} as Later
type Name = keyof typeof LATER
type Written = keyof (typeof LATER)[Name]
type Locale = Written | 'qps' | 'qpsm'

let wanted: readonly Name[] = []
let shown: readonly Name[] = []
const listeners = new Set<() => void>()
let waiting: { name: Name; go: () => void }[] = []

export const asked = () => wanted
export const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
export const tellShown = (names: readonly Name[]) => {
  shown = names
  const there = waiting.filter(({ name }) => names.includes(name))
  waiting = waiting.filter(one => !there.includes(one))
  for (const { go } of there) go()
}

/** For a route's loader: resolves when the words are there, in whatever language is shown, now and after a change of it. */
export function needWords(name: Name): Promise<void> {
  if (shown.includes(name)) return Promise.resolve()
  const there = new Promise<void>(go => waiting.push({ name, go }))
  if (!wanted.includes(name)) {
    wanted = [...wanted, name]
    for (const listener of listeners) listener()
  }
  return there
}

/** Beforehand: a screen that is opened without a network has its words. */
export const needEveryWord = () => Promise.all((Object.keys(LATER) as Name[]).map(needWords))

export async function fetchLater(locale: Locale, names: readonly Name[] = Object.keys(LATER) as Name[]): Promise<Partial<Later>> {
  const written = locale.startsWith('qps') ? 'en' : (locale as Written)
  const found = await Promise.all(names.map(async name => [name, (await LATER[name][written]()).default]))
  const messages = Object.fromEntries(found)
  return written === locale ? messages : (await import('./invented')).invented(messages)
}
