import type { Weekly } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { dayName, summaryOf } from './weekly'

/** A week in one line: `Mon–Fri 09:00–17:00, Sat 10:00–13:00`. */
export function WeekLine({ weekly }: { weekly: Weekly }) {
  const t = useTranslations('setup')
  const { format, wallRange } = useWriting()
  const groups = summaryOf(weekly)
  if (groups.length === 0) return t('alwaysClosed')
  return groups.map(({ from, to, blocks }, index) => (
    <span key={from}>
      {index > 0 && ' · '}
      {dayName(from, format, 'short')}
      {to !== from && `–${dayName(to, format, 'short')}`}{' '}
      <bdi dir="ltr" className="whitespace-nowrap">
        {blocks.map(([opens, closes]) => wallRange(opens, closes)).join(', ')}
      </bdi>
    </span>
  ))
}
