import { locales } from '@chairside/i18n'
import { useMemo } from 'react'
import { usePreferences } from '@/lib/preferences'
import { currencies, LOCALES, zones } from './guess'

/** Zones, currencies and languages in the reader's words. */
export function useChoices() {
  const format = locales[usePreferences().locale].format
  return useMemo(() => {
    const money = new Intl.DisplayNames(format, { type: 'currency' })
    const language = new Intl.DisplayNames(format, { type: 'language' })
    const offset = (zone: string) =>
      new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
        .formatToParts()
        .find(part => part.type === 'timeZoneName')?.value
    return {
      zoneOptions: zones().map(zone => ({
        value: zone,
        label: zone.replaceAll('_', ' '),
        get about() {
          return <bdi dir="ltr">{offset(zone)}</bdi>
        },
      })),
      currencyOptions: currencies().map(code => ({ value: code, label: `${code} · ${money.of(code)}` })),
      localeNames: LOCALES.map((locale): [string, string] => [locale, language.of(locale) ?? locale]),
    }
  }, [format])
}
