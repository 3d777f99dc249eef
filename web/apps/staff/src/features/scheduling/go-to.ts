import { fold } from '@chairside/ui'
import { type CalendarDate, getDayOfWeek } from '@internationalized/date'
import { orderOf, readDate } from '@/lib/dates'
import { latin } from '@/lib/digits'

type Unit = 'days' | 'weeks' | 'months' | 'years'

/** By the words and letters of the languages of the app; of each, the letter alone is enough. */
const UNITS: Record<Unit, string> = {
  days: 'd day days z zi zile ي يوم أيام ايام',
  weeks: 'w wk week weeks s sapt saptamana saptamani أ أسبوع أسابيع',
  months: 'm mo month months l luna luni ش شهر أشهر شهور',
  years: 'y yr year years a an ani س سنة سنوات',
}
const unitOf = (word: string) => (Object.keys(UNITS) as Unit[]).find(unit => fold(UNITS[unit]).split(' ').includes(word))

/**
 * A day to look at, typed freely: `5/21` and `21 may` (the next there is), `21` (of this month or the next), `+6m`, `2 weeks`,
 * `tomorrow`, `fri`, or a whole date. From `today`; in this language or in English. Undefined when it is none.
 */
export function readDay(text: string, locale: string, today: CalendarDate): CalendarDate | undefined {
  const typed = fold(latin(text)).trim()
  if (!typed) return undefined
  const found = away(typed, today) ?? named(typed, locale, today) ?? dated(typed, locale, today)
  return found && found.year >= 1900 && found.year <= 2100 ? found : undefined
}

function away(typed: string, today: CalendarDate) {
  const [, sign, count = '', word = ''] = /^([+-]?)\s*(\d{1,3})\s*(\p{L}*)$/u.exec(typed) ?? []
  const unit = word ? unitOf(word) : sign ? 'days' : undefined
  return unit && count ? today.add({ [unit]: sign === '-' ? -Number(count) : Number(count) }) : undefined
}

function named(typed: string, locale: string, today: CalendarDate) {
  if (typed.length < 3 || /\d/.test(typed)) return undefined
  for (const language of [locale, 'en']) {
    const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
    for (const days of [0, 1, -1, 2]) {
      const word = fold(relative.format(days, 'day'))
      if (!/\d/.test(word) && word.startsWith(typed)) return today.add({ days })
    }
    const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
    for (let days = 1; days <= 7; days += 1) {
      const day = today.add({ days })
      if (fold(weekday.format(day.toDate('UTC'))).startsWith(typed)) return day
    }
  }
  return undefined
}

function dated(typed: string, locale: string, today: CalendarDate) {
  const parts = typed.split(/[^\p{L}\d]+/u).filter(Boolean)
  if (/^\d{1,2}$/.test(typed)) return nextThat(today, months => dayOf(today.set({ day: 1 }).add({ months }), Number(typed)))
  if (parts.length !== 2) return readDate(typed, locale, today.add({ years: 50 }))
  return nextThat(today, years => {
    const year = today.year + years
    const whole = orderOf(locale) === 'ymd' && !/\p{L}/u.test(typed) ? `${year}-${typed}` : `${typed} ${year}`
    return readDate(whole, locale, today.add({ years: 50 }))
  })
}

/** The first that there is, and that is not over. A 31st, or 29 February, comes later than others. */
function nextThat(today: CalendarDate, at: (step: number) => CalendarDate | undefined) {
  for (let step = 0; step <= 8; step += 1) {
    const day = at(step)
    if (day && day.compare(today) >= 0) return day
  }
  return undefined
}

const dayOf = (month: CalendarDate, day: number) => {
  const found = month.set({ day })
  return day >= 1 && found.day === day ? found : undefined
}

/** The weeks that a month touches, each from the first day of the week on. */
export function weeksOf(month: CalendarDate, locale: string): CalendarDate[][] {
  const first = month.set({ day: 1 })
  const start = first.subtract({ days: getDayOfWeek(first, locale) })
  const weeks: CalendarDate[][] = []
  for (let day = start; weeks.length === 0 || day.month === month.month; day = day.add({ days: 7 }))
    weeks.push(Array.from({ length: 7 }, (_, days) => day.add({ days })))
  return weeks
}

/** The first and the last day of its week, which begins when this country's does. */
export function weekAround(date: CalendarDate, locale: string): [CalendarDate, CalendarDate] {
  const first = date.subtract({ days: getDayOfWeek(date, locale) })
  return [first, first.add({ days: 6 })]
}
