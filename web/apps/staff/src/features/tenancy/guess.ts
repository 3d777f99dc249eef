import { fold } from '@chairside/ui'

/** What a clinic's web address may be: the server's rule, so that a wrong one is said while it is typed. */
export const SLUG = /^[a-z][a-z0-9-]{2,39}$/

/** `Clinica Zâmbet, Cluj` → `clinica-zambet-cluj`. */
export function slugOf(name: string) {
  const slug = fold(name)
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .replace(/['’]/g, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[-\d]+|-+$/g, '')
    .slice(0, 40)
    .replace(/-+$/, '')
  return SLUG.test(slug) ? slug : ''
}

// Where people are is better told by their clock than by their language.
const REGIONS: Record<string, string> = Object.fromEntries(
  `RO Europe/Bucharest|MD Europe/Chisinau|GB Europe/London|IE Europe/Dublin|CH Europe/Zurich|PL Europe/Warsaw|CZ Europe/Prague
HU Europe/Budapest|SE Europe/Stockholm|NO Europe/Oslo|DK Europe/Copenhagen|BG Europe/Sofia|RS Europe/Belgrade|UA Europe/Kyiv
UA Europe/Kiev|TR Europe/Istanbul|IL Asia/Jerusalem|AE Asia/Dubai|SA Asia/Riyadh|KW Asia/Kuwait|QA Asia/Qatar|BH Asia/Bahrain
JO Asia/Amman|LB Asia/Beirut|EG Africa/Cairo|MA Africa/Casablanca|TN Africa/Tunis|DZ Africa/Algiers|IQ Asia/Baghdad
ZA Africa/Johannesburg|IN Asia/Kolkata|IN Asia/Calcutta|JP Asia/Tokyo|SG Asia/Singapore|CN Asia/Shanghai|HK Asia/Hong_Kong
AU Australia/Sydney|AU Australia/Melbourne|AU Australia/Brisbane|AU Australia/Perth|AU Australia/Adelaide|NZ Pacific/Auckland
CA America/Toronto|CA America/Vancouver|CA America/Edmonton|CA America/Winnipeg|CA America/Halifax|MX America/Mexico_City
BR America/Sao_Paulo|US America/New_York|US America/Chicago|US America/Denver|US America/Los_Angeles|US America/Phoenix
US America/Anchorage|US Pacific/Honolulu|US America/Detroit|US America/Boise|PR America/Puerto_Rico`
    .split(/[|\n]/)
    .map(pair => pair.split(' ').reverse()),
)
const CURRENCIES: Record<string, string> = Object.fromEntries(
  `RORON MDMDL GBGBP CHCHF PLPLN CZCZK HUHUF SESEK NONOK DKDKK RSRSD UAUAH TRTRY ILILS AEAED SASAR KWKWD QAQAR BHBHD JOJOD LBLBP
EGEGP MAMAD TNTND DZDZD IQIQD ZAZAR ININR JPJPY SGSGD CNCNY HKHKD AUAUD NZNZD CACAD MXMXN BRBRL USUSD PRUSD`
    .split(/\s/)
    .map(pair => [pair.slice(0, 2), pair.slice(2)]),
)

/** The money of the place where the clock is; the euro in the rest of Europe; else that of the reader's language. */
export function currencyOf(timezone: string, languages: readonly string[] = []) {
  const here = REGIONS[timezone]
  if (here) return CURRENCIES[here] ?? 'EUR'
  if (timezone.startsWith('Europe/')) return 'EUR'
  const region = languages.map(language => new Intl.Locale(language).region).find(Boolean)
  return CURRENCIES[region ?? ''] ?? 'USD'
}

/** Languages that documents are written in here. */
export const LOCALES = ['en-US', 'en-GB', 'en-CA', 'en-AU', 'ro', 'ar'] as const

export function localeOf(timezone: string, languages: readonly string[]) {
  const [first = 'en'] = languages
  const exact = LOCALES.find(locale => locale === first)
  if (exact) return exact
  const language = first.slice(0, 2)
  const region = REGIONS[timezone]
  return (
    LOCALES.find(locale => locale === `${language}-${region}`) ??
    LOCALES.find(locale => locale === language) ??
    (region === 'US' ? 'en-US' : 'en-GB')
  )
}

export const hereZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC'
export const zones = () => Intl.supportedValuesOf('timeZone').filter(zone => zone.includes('/'))
export const currencies = () => Intl.supportedValuesOf('currency')
