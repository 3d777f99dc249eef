import type { PageShape } from './api'
import type { Say } from './words'

export type Who = {
  first_name: string
  last_name: string
  mobile: string
  child?: { first_name: string; last_name: string; birth_date: string }
}
export const NOBODY: Who = { first_name: '', last_name: '', mobile: '' }
export const NO_CHILD = { first_name: '', last_name: '', birth_date: '' }
export const FIELDS = ['child/first_name', 'child/last_name', 'child/birth_date', 'first_name', 'last_name', 'mobile'] as const
export type FieldName = (typeof FIELDS)[number]
export type Wrong = Partial<Record<FieldName | 'consent', Parameters<Say>[0]>>

const stepsOf = (name: FieldName) => name.split('/') as [keyof Who, ...('first_name' | 'last_name' | 'birth_date')[]]

export function readIn(who: Who, name: FieldName): string {
  const [first, inner] = stepsOf(name)
  return inner ? (who.child?.[inner] ?? '') : (who[first] as string)
}

export function writeIn(who: Who, name: FieldName, text: string): Who {
  const [first, inner] = stepsOf(name)
  return inner ? { ...who, child: { ...NO_CHILD, ...who.child, [inner]: text } } : { ...who, [first]: text }
}

/** In the order of the form, so that the first is where one is sent. */
export function wrongIn(page: PageShape, who: Who, agreed: boolean): Wrong {
  const wrong: Wrong = {}
  const needed = FIELDS.filter(name => !name.startsWith('child/') || who.child)
  for (const name of needed) {
    if (name === 'mobile') {
      if ((who.mobile.match(/\d/g) ?? []).length < 6) wrong.mobile = 'problem.mobile'
    } else if (name === 'child/birth_date') {
      if (page.asks_birth_date && !who.child?.birth_date) wrong[name] = 'problem.birthDate'
    } else if (!readIn(who, name).trim()) wrong[name] = 'problem.required'
  }
  if (!agreed) wrong.consent = 'problem.consent'
  return wrong
}

/** As the server takes it: nothing is no date. */
export const sentOf = ({ child, ...who }: Who) => ({
  ...who,
  child: child ? { ...child, birth_date: child.birth_date || null } : null,
  consent: true as const,
})
