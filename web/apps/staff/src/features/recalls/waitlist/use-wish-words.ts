import type { Waiting } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { noticeOf } from './model'

/** A Monday; the days of its week are named after it. */
const MONDAY = '2024-01-0'

/** When they can come, in words: days, parts of the day, the window, the notice that they need. */
export function useWishWords() {
  const t = useTranslations('recalls.waitlist')
  const writing = useWriting()
  const dayName = (weekday: number, style: 'short' | 'long' = 'short') => writing.day(`${MONDAY}${weekday}`, { weekday: style })
  function when({ weekdays, parts, from_on, until_on, notice_hours }: Waiting): string[] {
    const said = []
    if (weekdays.length)
      said.push(
        [...weekdays]
          .sort()
          .map(day => dayName(day))
          .join(', '),
      )
    if (parts.length) said.push(parts.map(part => t(`parts.${part}`)).join(', '))
    if (from_on && until_on) said.push(t('between', { from: writing.day(from_on), until: writing.day(until_on) }))
    else if (from_on) said.push(t('from', { day: writing.day(from_on) }))
    else if (until_on) said.push(t('until', { day: writing.day(until_on) }))
    const notice = noticeOf(notice_hours)
    if (notice?.days) said.push(t('noticeDays', { count: notice.days }))
    if (notice?.hours) said.push(t('noticeHours', { count: notice.hours }))
    return said.length ? said : [t('anyTime')]
  }
  return { when, dayName }
}
