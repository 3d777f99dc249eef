import type en from '@chairside/i18n/messages/en/portal.json'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'

/** One small catalog for each language, with places to fill in and nothing else: no parser of messages travels to a phone. */
const LOCALES = {
  en: { name: 'English', format: 'en-GB', dir: 'ltr', load: () => import('@chairside/i18n/messages/en/portal.json') },
  ro: { name: 'Română', format: 'ro', dir: 'ltr', load: () => import('@chairside/i18n/messages/ro/portal.json') },
  ar: { name: 'العربية', format: 'ar-u-nu-latn', dir: 'rtl', load: () => import('@chairside/i18n/messages/ar/portal.json') },
} as const
export type Locale = keyof typeof LOCALES
export const offered = Object.entries(LOCALES).map(([locale, { name }]) => ({ locale: locale as Locale, name }))

type Words = typeof en
type Keys<T, P extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${P}${K}` : Keys<T[K], `${P}${K}.`>
}[keyof T & string]
export type Say = (key: Keys<Words>, values?: Record<string, string | number>) => string
type Spoken = { locale: Locale; format: string; t: Say; speak: (locale: Locale) => void }

const Context = createContext<Spoken | undefined>(undefined)

/** The first of the address's, the reader's and the clinic's languages that there are words for. */
export const chosen = (clinic?: string): Locale =>
  [new URLSearchParams(location.search).get('lang') ?? '', ...navigator.languages, clinic ?? '']
    .map(language => language.slice(0, 2))
    .find((language): language is Locale => language in LOCALES) ?? 'en'

function sayFrom(words: Words): Say {
  return (key, values = {}) => {
    const said = key.split('.').reduce<unknown>((tree, step) => (tree as Record<string, unknown>)[step], words) as string
    return said.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ''))
  }
}

export function Words({ children }: { children: ReactNode }) {
  const [wanted, speak] = useState<Locale>(() => chosen())
  const [spoken, show] = useState<{ locale: Locale; t: Say }>()
  useEffect(() => {
    let current = true
    LOCALES[wanted].load().then(({ default: words }) => {
      if (!current) return
      document.documentElement.lang = wanted
      document.documentElement.dir = LOCALES[wanted].dir
      show({ locale: wanted, t: sayFrom(words as Words) })
    })
    return () => {
      current = false
    }
  }, [wanted])
  if (!spoken) return null
  return <Context value={{ ...spoken, format: LOCALES[spoken.locale].format, speak }}>{children}</Context>
}

export function useWords(): Spoken {
  const found = useContext(Context)
  if (!found) throw new Error('outside of <Words>')
  return found
}

/** Times are the clinic's, wherever they are read. */
export function useTimes(zone: string) {
  const { format } = useWords()
  const written = (options: Intl.DateTimeFormatOptions) => {
    const how = new Intl.DateTimeFormat(format, { timeZone: zone, ...options })
    return (at: string | Date) => how.format(new Date(at))
  }
  return {
    clock: written({ hour: '2-digit', minute: '2-digit' }),
    day: written({ weekday: 'short', day: 'numeric', month: 'short' }),
    long: written({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }),
    moment: written({ weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }),
    place: () => `${zone.replace(/.*\//, '').replaceAll('_', ' ')} (${offsetOf(zone)})`,
  }
}

const offsetOf = (zone: string) =>
  new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts(new Date())
    .find(part => part.type === 'timeZoneName')?.value ?? zone
