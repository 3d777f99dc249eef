import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { IntlProvider } from 'use-intl'
import type en from '../messages/en/index'
import { asked, fetchLater, type Later, listen, NOT_YET, tellShown } from './later'

export { needWords } from './later'

type Now = typeof en
export type Messages = Now & Later
export type LocaleName = keyof typeof locales

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages
  }
}

/** `format`: Latin digits everywhere, as clinical numbers are written in our clinics. */
export const locales = {
  en: { name: 'English', format: 'en-GB', dir: 'ltr', load: async () => (await import('../messages/en/index')).default },
  ro: { name: 'Română', format: 'ro', dir: 'ltr', load: async () => (await import('../messages/ro/index')).default },
  ar: {
    name: 'العربية',
    format: 'ar-u-nu-latn',
    dir: 'rtl',
    load: async () => (await import('../messages/ar/index')).default,
  },
} as const satisfies Record<string, { name: string; format: string; dir: 'ltr' | 'rtl'; load: () => Promise<Now> }>

/** The first of the reader's languages that there are words for. */
export const localeFor = (languages: readonly string[]): LocaleName =>
  languages.map(language => language.slice(0, 2)).find((language): language is LocaleName => language in locales) ?? 'en'

export function Words({ locale, children }: { locale: LocaleName; children: ReactNode }) {
  const [shown, show] = useState<{ locale: LocaleName; messages: Messages }>()
  const later = useSyncExternalStore(listen, asked)
  useEffect(() => {
    let current = true
    Promise.all([locales[locale].load(), fetchLater(locale, later)]).then(([messages, more]) => {
      if (!current) return
      document.documentElement.lang = locale
      document.documentElement.dir = locales[locale].dir
      show({ locale, messages: { ...NOT_YET, ...messages, ...more } })
      tellShown(later)
    })
    return () => {
      current = false
    }
  }, [locale, later])
  if (!shown) return null
  return (
    <IntlProvider locale={locales[shown.locale].format} messages={shown.messages} timeZone="UTC" onError={fail}>
      {children}
    </IntlProvider>
  )
}

function fail(error: Error) {
  if (!import.meta.env.PROD) throw error
}

export { useLocale, useTranslations } from 'use-intl'
