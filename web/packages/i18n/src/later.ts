import type day from '../messages/en/day.json'
import type imports from '../messages/en/imports.json'
import type people from '../messages/en/people.json'
import type preferences from '../messages/en/preferences.json'
import type refusals from '../messages/en/refusals.json'

/** Words of screens that few people open, and of what seldom happens: who needs them asks for them, the first paint is spared them. */
const LATER = {
  day: {
    en: () => import('../messages/en/day.json'),
    ro: () => import('../messages/ro/day.json'),
    ar: () => import('../messages/ar/day.json'),
  },
  refusals: {
    en: () => import('../messages/en/refusals.json'),
    ro: () => import('../messages/ro/refusals.json'),
    ar: () => import('../messages/ar/refusals.json'),
  },
  preferences: {
    en: () => import('../messages/en/preferences.json'),
    ro: () => import('../messages/ro/preferences.json'),
    ar: () => import('../messages/ar/preferences.json'),
  },
  people: {
    en: () => import('../messages/en/people.json'),
    ro: () => import('../messages/ro/people.json'),
    ar: () => import('../messages/ar/people.json'),
  },
  imports: {
    en: () => import('../messages/en/imports.json'),
    ro: () => import('../messages/ro/imports.json'),
    ar: () => import('../messages/ar/imports.json'),
  },
}
export type Later = {
  day: typeof day
  imports: typeof imports
  people: typeof people
  preferences: typeof preferences
  refusals: typeof refusals
}
/** Asked before they are there, they are missing one by one and not as a whole. */
export const NOT_YET = { day: {}, imports: {}, people: {}, preferences: {}, refusals: {} } as Later
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
