import { type CalendarDate, parseDate } from '@internationalized/date'
import { useWriting } from '@/lib/clinic'
import { dateFormat } from '@/lib/formats'

/** A day of the schedule in words; the year whenever it is not this one, how far away it is whenever it is not today. */
export function useDayWords() {
  const { today, day, format } = useWriting()
  const year = (date: CalendarDate) => (date.year === today.year ? undefined : 'numeric')
  const away = new Intl.RelativeTimeFormat(format, { numeric: 'auto' })
  return {
    full: (date: CalendarDate) => day(date, { weekday: 'long', day: 'numeric', month: 'long', year: year(date) }),
    short: (of: string) => {
      const date = parseDate(of.slice(0, 10))
      return day(date, { weekday: 'short', day: 'numeric', month: 'short', year: year(date) })
    },
    /** “Nov 23 – 29, 2026”, as the language joins them. */
    span: (from: CalendarDate, to: CalendarDate) =>
      dateFormat(format, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).formatRange(
        from.toDate('UTC'),
        to.toDate('UTC'),
      ),
    /** “yesterday”, “in 9 days”; nothing for today. */
    away: (date: CalendarDate) => (date.compare(today) ? away.format(date.compare(today), 'day') : ''),
    past: (date: CalendarDate) => date.compare(today) < 0,
  }
}
