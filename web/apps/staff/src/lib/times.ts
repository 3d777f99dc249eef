import { latin } from './digits'
import { dateFormat } from './formats'

/** Whether a country reads its clock in two halves: 9:00 AM; or in one day: 09:00. */
export const hasHalves = (locale: string) => !!dateFormat(locale, { hour: 'numeric' }).resolvedOptions().hour12

type Instant = string | number
const isolated = (text: string) => (/[\u0590-\u06ff]/.test(text) ? `\u2066${text}\u2069` : text)

/** Times of day in the reader's language, by the clock of the clinic's country. */
export function timesOf(format: string, clinicLocale: string, timeZone: string) {
  const halves = hasHalves(clinicLocale)
  const style: Intl.DateTimeFormatOptions = halves
    ? { timeZone, hour: 'numeric', minute: '2-digit', hourCycle: 'h12' }
    : { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  const clock = dateFormat(format, style)
  const whole = dateFormat(format, { timeZone, hour: 'numeric', hourCycle: 'h12' })
  const parts = (instant: Instant) => clock.formatToParts(new Date(instant))
  const part = (instant: Instant, type: string) => parts(instant).find(one => one.type === type)?.value
  // Not the narrow space that some languages put there: it breaks lines, and is not what people type or search.
  const plain = (text: string) => text.replace(/\u202f/g, '\u00a0')
  const time = (instant: Instant) => plain(clock.format(new Date(instant)))
  return {
    time,
    /** On the scale of a day, where there is little room: 9 AM, 09:00. */
    hour: (instant: Instant) =>
      halves && part(instant, 'minute') === '00' ? plain(whole.format(new Date(instant))) : time(instant),
    /** What both ends share is said once: 9:00–9:30 AM. */
    range(from: Instant, to: Instant) {
      const half = part(from, 'dayPeriod')
      const isShared = half !== undefined && half === part(to, 'dayPeriod')
      return `${isolated(isShared ? time(from).replace(half, '').trim() : time(from))}–${isolated(time(to))}`
    },
  }
}

/** `14:30` as an instant of a zone that never changes its clock, to be written. */
export const wall = (time: string) => Date.parse(`2000-01-01T00:00Z`) + minutesOf(time) * 60_000
const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const HALF = { am: 0, a: 0, pm: 12, p: 12, ص: 0, م: 12 } as Record<string, number>

/**
 * A time of day typed freely: `9`, `930`, `9.30`, `14:30`, `5p`, `5:30 pm`. Where the clock has two halves and nobody said
 * which, one to six is in the afternoon, unless it is written with a nought: `06:00`. Answers `HH:MM`; undefined when it is no time.
 */
export function readTime(text: string, halves: boolean): string | undefined {
  const typed = latin(text)
    .toLowerCase()
    .replace(/[\s\u2066-\u2069]|(?<=[ap])\.|(?<=m)\./g, '')
  const found = /^(\d{1,2})(?:[:.h]?(\d{2}))?(am?|pm?|ص|م)?$/.exec(typed)
  if (!found) return undefined
  const [, figures = '', minute = '00', half] = found
  let hour = Number(figures)
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return undefined
    hour = (hour % 12) + (HALF[half] ?? 0)
  } else if (halves && figures.length === 1 && hour >= 1 && hour <= 6) hour += 12
  if (hour === 24 && minute === '00') hour = 0
  if (hour > 23 || Number(minute) > 59) return undefined
  return `${String(hour).padStart(2, '0')}:${minute}`
}
