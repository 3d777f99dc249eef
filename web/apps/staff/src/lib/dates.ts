import { fold } from '@chairside/ui'
import { CalendarDate, GregorianCalendar } from '@internationalized/date'
import { latin } from './digits'

export type DateOrder = 'dmy' | 'mdy' | 'ymd'

/** The order in which a language writes a short date. */
export function orderOf(locale: string): DateOrder {
  const parts = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'numeric', day: 'numeric', calendar: 'gregory' })
    .formatToParts(new Date(2001, 1, 3))
    .map(part => part.type[0])
  return parts.filter(letter => 'ymd'.includes(letter ?? '')).join('') as DateOrder
}

/** An example of how to type one: `31.12.1990` or `12/31/1990`. */
export const exampleOf = (locale: string) =>
  new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    calendar: 'gregory',
    numberingSystem: 'latn',
  }).format(new Date(1990, 11, 31))

const gregorian = new GregorianCalendar()
const letters = (text: string) => fold(text).replace(/\.$/, '')

/** The month that a word begins, in this language or in English: `mar`, `martie`, `March`. */
function monthOf(word: string, locale: string): number | undefined {
  for (const language of [locale, 'en']) {
    const months = Array.from({ length: 12 }, (_, month) =>
      (['long', 'short'] as const).map(style =>
        letters(new Intl.DateTimeFormat(language, { month: style, calendar: 'gregory' }).format(new Date(2001, month, 15))),
      ),
    )
    const found = months.flatMap((names, month) => (names.some(name => name.startsWith(word)) ? [month + 1] : []))
    if (word.length >= 3 && found.length === 1) return found[0]
  }
  return undefined
}

/**
 * A day typed freely: `3.12.85`, `12/3/1985`, `19850312`, `1985-03-12`, `12 mar 1985`. Two figures of a year mean the latest
 * such year that is not after `today`. Undefined when it is no day.
 */
export function readDate(text: string, locale: string, today: CalendarDate): CalendarDate | undefined {
  const parts = letters(latin(text.trim()))
    .split(/[^\p{L}\d]+/u)
    .filter(Boolean)
  const order = orderOf(locale)
  if (parts.length === 1) {
    const run = parts[0] ?? ''
    if (!/^\d{6}$|^\d{8}$/.test(run)) return undefined
    const long = run.length === 8
    if (long && /^(19|20)\d\d(0[1-9]|1[0-2])/.test(run)) return dayOf(run.slice(0, 4), run.slice(4, 6), run.slice(6), today)
    const rest = run.slice(4)
    if (order === 'ymd') return dayOf(run.slice(0, -4), run.slice(-4, -2), run.slice(-2), today)
    return order === 'mdy'
      ? dayOf(rest, run.slice(0, 2), run.slice(2, 4), today)
      : dayOf(rest, run.slice(2, 4), run.slice(0, 2), today)
  }
  if (parts.length !== 3) return undefined
  const named = parts.findIndex(part => /\p{L}/u.test(part))
  if (named >= 0) {
    const month = monthOf(parts[named] ?? '', locale)
    const [a = '', b = ''] = parts.filter((_, index) => index !== named)
    if (!month) return undefined
    return a.length === 4 ? dayOf(a, String(month), b, today) : dayOf(b, String(month), a, today)
  }
  const [a = '', b = '', c = ''] = parts
  if (a.length === 4 || order === 'ymd') return dayOf(a, b, c, today)
  return order === 'mdy' ? dayOf(c, a, b, today) : dayOf(c, b, a, today)
}

function dayOf(y: string, m: string, d: string, today: CalendarDate): CalendarDate | undefined {
  if (!/^(\d{2}|\d{4})$/.test(y) || !/^\d{1,2}$/.test(m) || !/^\d{1,2}$/.test(d)) return undefined
  let year = Number(y)
  const [month, day] = [Number(m), Number(d)]
  if (month < 1 || month > 12 || day < 1) return undefined
  if (y.length === 2) {
    year += Math.floor(today.year / 100) * 100
    const isLater = year - today.year || month - today.month || day - today.day
    if (isLater > 0) year -= 100
  }
  if (day > gregorian.getDaysInMonth(new CalendarDate(year, month, 1))) return undefined
  return new CalendarDate(year, month, day)
}

const OLDEST = 120

/** What makes a birth date hard to believe: it has not come yet, or nobody is that old. */
export function doubtOf(born: CalendarDate, today: CalendarDate): 'future' | 'old' | undefined {
  if (born.compare(today) > 0) return 'future'
  return born.compare(today.subtract({ years: OLDEST })) <= 0 ? 'old' : undefined
}
