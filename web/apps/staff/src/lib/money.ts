import type { Money } from '@chairside/api'
import { latin } from './digits'

const NONE = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ')
const THREE = 'BHD IQD JOD KWD LYD OMR TND'.split(' ')

/** Minor units by ISO 4217, as the server counts them: browsers follow CLDR, which leaves the fils of some dinars out. */
export const digitsOf = (currency: string) => (NONE.includes(currency) ? 0 : THREE.includes(currency) ? 3 : 2)

// Right-to-left locales put marks between sign, digits and symbol, which come apart in a sentence: there an amount is written
// as one left-to-right piece, and isolated.
const isRtl = (locale: string) => /^(ar|he|fa|ur)\b/.test(locale)
const [ISOLATE, END] = ['\u2066', '\u2069']

export function formatMoney({ amount, currency }: Money, locale: string) {
  const text = new Intl.NumberFormat(isRtl(locale) ? 'en-US' : locale, {
    style: 'currency',
    currency,
    minimumFractionDigits: digitsOf(currency),
    maximumFractionDigits: digitsOf(currency),
  }).format(amount / 10 ** digitsOf(currency))
  return isRtl(locale) ? ISOLATE + text + END : text
}

/** For a field: no grouping, no sign of the currency, the decimal mark of the reader. */
export const writeAmount = ({ amount, currency }: Money, locale: string) => {
  const digits = digitsOf(currency)
  return new Intl.NumberFormat(isRtl(locale) ? 'en-US' : locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  }).format(amount / 10 ** digits)
}

const bareOf = (text: string) =>
  latin(text)
    .replace(/[\s'’\u00a0\u202f\u200e\u200f\u061c\u2066-\u2069]/g, '')
    .replace('\u2212', '-')
    .replaceAll('\u066b', '.')

/** How a currency is called beside an amount: its code, and its signs where it is at home and abroad. */
function signsOf(currency: string) {
  const signs = ['en-US', 'en-GB', 'ro', 'ar'].flatMap(locale =>
    (['code', 'symbol', 'narrowSymbol'] as const).map(currencyDisplay => {
      const parts = new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay }).formatToParts(0)
      return bareOf(parts.find(part => part.type === 'currency')?.value ?? '')
    }),
  )
  // An abbreviation is typed with and without its last dot.
  return [...new Set(signs.flatMap(sign => [sign, sign.replace(/\.$/, '')]))]
    .filter(Boolean)
    .sort((one, other) => other.length - one.length)
}

/** Without the currency's own sign or code, which may stand before or after the figures; another currency's stays. */
function unsigned(bare: string, currency: string) {
  if (!/[^\d.,-]/.test(bare)) return bare
  const any = signsOf(currency)
    .map(sign => sign.replace(/[$.*+?^()[\]{}|\\]/g, '\\$&'))
    .join('|')
  const figures = bare.replace(new RegExp(`^(-?)(?:${any})`, 'i'), '$1')
  return figures === bare ? bare.replace(new RegExp(`(?:${any})$`, 'i'), '') : figures
}

/**
 * What a person typed, in minor units; undefined when it is not an amount. The currency's own sign may stand beside it. The
 * last mark is the decimal one when at most `digits` figures follow it; a single mark before exactly three figures groups
 * thousands, unless the currency has three.
 */
export function readAmount(text: string, currency: string): number | undefined {
  const digits = digitsOf(currency)
  const bare = unsigned(bareOf(text), currency)
  const match = /^(-?)(\d[\d.,]*)$/.exec(bare)
  if (!match) return undefined
  const [, sign, figures = ''] = match
  const parts = figures.split(/[.,]/)
  const last = parts.length > 1 ? (parts.at(-1) ?? '') : ''
  const hasFraction = parts.length > 1 && last.length <= digits && !(parts.length > 2 && sameMarks(figures))
  if ((hasFraction ? parts.slice(1, -1) : parts.slice(1)).some(group => group.length !== 3)) return undefined
  const whole = (hasFraction ? parts.slice(0, -1) : parts).join('')
  const fraction = (hasFraction ? last : '').padEnd(digits, '0')
  const amount = Number(whole + fraction)
  return Number.isSafeInteger(amount) ? (sign ? -amount : amount) : undefined
}

const sameMarks = (figures: string) => new Set(figures.match(/[.,]/g)).size === 1
