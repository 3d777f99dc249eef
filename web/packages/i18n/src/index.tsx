import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { IntlProvider } from 'use-intl'
import type en from '../messages/en/index'
import { asked, fetchLater, type Later, listen, NOT_YET, tellShown } from './later'

export { needEveryWord, needWords } from './later'

type Now = typeof en
export type Messages = Now & Later
export type LocaleName = keyof typeof locales

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages
  }
}

/** `format`: how numbers and dates are written, before the reader's choice of figures. */
export const locales = {
  en: { name: 'English', format: 'en-GB', dir: 'ltr', load: async () => (await import('../messages/en/index')).default },
  ro: { name: 'Română', format: 'ro', dir: 'ltr', load: async () => (await import('../messages/ro/index')).default },
  ar: {
    name: 'العربية',
    format: 'ar',
    dir: 'rtl',
    load: async () => (await import('../messages/ar/index')).default,
  },
  // Nobody's: to see what a longer language and a mirrored one would do to a screen.
  qps: { name: '[Þšéûðö]', format: 'en-GB', dir: 'ltr', load: madeUp },
  qpsm: { name: '[Þšéûðö ⇆]', format: 'en-GB', dir: 'rtl', load: madeUp },
} as const satisfies Record<string, { name: string; format: string; dir: 'ltr' | 'rtl'; load: () => Promise<Now> }>

async function madeUp() {
  const [{ invented }, { default: en }] = await Promise.all([import('./invented'), import('../messages/en/index')])
  return invented(en)
}

/** Those that a person may choose. */
export const offered = (Object.keys(locales) as LocaleName[]).filter(name => import.meta.env.DEV || !name.startsWith('qps'))

/** Latin figures are the usual: clinical numbers are written with them in our clinics, also where the script has its own. */
export type Digits = 'latn' | 'arab'
export const formatIn = (format: string, digits: Digits) => `${format}-u-nu-${digits}`

/** The first of the reader's languages that there are words for. */
export const localeFor = (languages: readonly string[]): LocaleName =>
  languages
    .flatMap(language => [language, language.slice(0, 2)])
    .find((language): language is LocaleName => language in locales) ?? 'en'

const AGAIN = 3_000

type WordsProps = { locale: LocaleName; digits?: Digits; children: ReactNode }

export function Words({ locale, digits = 'latn', children }: WordsProps) {
  const [shown, show] = useState<{ locale: LocaleName; messages: Messages }>()
  const later = useSyncExternalStore(listen, asked)
  useEffect(() => {
    let current = true
    let again: ReturnType<typeof setTimeout>
    const fetch = () =>
      Promise.all([locales[locale].load(), fetchLater(locale, later)]).then(
        ([messages, more]) => {
          if (!current) return
          document.documentElement.lang = locale
          document.documentElement.dir = locales[locale].dir
          show({ locale, messages: { ...NOT_YET, ...messages, ...more } })
          tellShown(later)
        },
        // Without a network: what is shown stays, and the words come when it is back.
        () => {
          if (current) again = setTimeout(fetch, AGAIN)
        },
      )
    void fetch()
    return () => {
      current = false
      clearTimeout(again)
    }
  }, [locale, later])
  if (!shown) return null
  return (
    <IntlProvider locale={formatIn(locales[shown.locale].format, digits)} messages={shown.messages} timeZone="UTC" onError={fail}>
      {children}
    </IntlProvider>
  )
}

function fail(error: Error) {
  if (!import.meta.env.PROD) throw error
}

export { useLocale, useTranslations } from 'use-intl'
