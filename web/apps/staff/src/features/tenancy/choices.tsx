import { locales } from '@chairside/i18n'
import { useMemo } from 'react'
import { usePreferences } from '@/lib/preferences'
import { currencies, LOCALES, zones } from './guess'

const offset = (zone: string) =>
  new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'shortOffset' })
    .formatToParts()
    .find(part => part.type === 'timeZoneName')?.value

/** Zones with how far they are from UTC now. */
export const useZones = () =>
  useMemo(
    () =>
      zones().map(zone => ({
        value: zone,
        label: zone.replaceAll('_', ' '),
        get about() {
          return <bdi dir="ltr">{offset(zone)}</bdi>
        },
      })),
    [],
  )

/** Zones, currencies and languages in the reader's words. */
export function useChoices() {
  const format = locales[usePreferences().locale].format
  const zoneOptions = useZones()
  return useMemo(() => {
    const money = new Intl.DisplayNames(format, { type: 'currency' })
    const language = new Intl.DisplayNames(format, { type: 'language' })
    return {
      zoneOptions,
      currencyOptions: currencies().map(code => ({ value: code, label: `${code} · ${money.of(code)}` })),
      localeNames: LOCALES.map((locale): [string, string] => [locale, language.of(locale) ?? locale]),
    }
  }, [format, zoneOptions])
}
