import { type Clinic, get, type Money } from '@chairside/api'
import { type Digits, formatIn, type LocaleName, locales } from '@chairside/i18n'
import { type CalendarDate, fromDate, parseDate, toCalendarDate } from '@internationalized/date'
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { dateFormat } from './formats'
import { formatMoney } from './money'
import { mayVisit } from './needs'
import { usePreferences } from './preferences'
import { timesOf, wall } from './times'

export const clinicQuery = (clinic: string) =>
  queryOptions({
    queryKey: [clinic, 'clinic'],
    queryFn: async () => (await get('/clinics/{clinic}', { params: { path: { clinic } } })).data as Clinic,
    staleTime: Infinity,
  })

const route = getRouteApi('/c/$clinic')

/** The clinic in the address. */
export const useSlug = () => route.useParams().clinic
export const useClinic = () => useSuspenseQuery(clinicQuery(useSlug())).data

/** Whether the role permits any of these, as the server told with the clinic; it decides again when it is asked. */
export function useMay(...permissions: string[]) {
  const { permissions: given } = useClinic()
  return permissions.some(permission => given.includes(permission))
}

/** Whether the role includes a screen. */
export function useMayVisit() {
  const { permissions } = useClinic()
  return (path: string) => mayVisit(path, permissions)
}

/** The browser may say what time it is (tests stop it); the server decides what may be done with it. */
export const clock = () => new Date()
export const todayIn = (zone: string): CalendarDate => toCalendarDate(fromDate(clock(), zone))

export function ageOf(birthDate: string, today: CalendarDate) {
  const born = parseDate(birthDate)
  const hadBirthday = today.month > born.month || (today.month === born.month && today.day >= born.day)
  return today.year - born.year - (hadBirthday ? 0 : 1)
}

/** As the clinic's country writes the reader's language: English of the United States in a clinic there. */
const formatOf = (reader: LocaleName, digits: Digits, clinic: string) =>
  formatIn(clinic.split('-')[0] === reader ? clinic : locales[reader].format, digits)

const DAY: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short', year: 'numeric' }

/** Instants, days and money as this clinic and this reader write them. The clinic's zone is the truth, wherever the reader is. */
export function useWriting() {
  const { timezone, currency, locale } = useClinic()
  const { locale: reader, digits } = usePreferences()
  const format = formatOf(reader, digits, locale)
  const { time, hour, range } = timesOf(format, locale, timezone)
  const onTheWall = timesOf(format, locale, 'UTC')
  return {
    today: todayIn(timezone),
    timezone,
    currency,
    format,
    time,
    hour,
    range,
    /** `14:30` of any day, as opening hours have it. */
    wallTime: (of: string) => onTheWall.time(wall(of)),
    wallRange: (from: string, to: string) => onTheWall.range(wall(from), wall(to)),
    /** A calendar day, which is the same day everywhere. */
    day: (date: CalendarDate | string, style = DAY) =>
      dateFormat(format, { ...style, timeZone: 'UTC' }).format(
        (typeof date === 'string' ? parseDate(date.slice(0, 10)) : date).toDate('UTC'),
      ),
    /** The clinic's day on which an instant falls. */
    dayOf: (instant: string, style = DAY) => dateFormat(format, { ...style, timeZone: timezone }).format(new Date(instant)),
    dateOf: (instant: string) => toCalendarDate(fromDate(new Date(instant), timezone)).toString(),
    money: (money: Money) => formatMoney(money, format),
  }
}
