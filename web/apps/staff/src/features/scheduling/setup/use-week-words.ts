import type { Weekly } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { dayName, summaryOf } from './weekly'

/** A week as a sentence has it: `Mon–Fri 09:00–12:00, 13:00–17:00`. */
export function useWeekWords() {
  const t = useTranslations('setup')
  const { format, wallRange } = useWriting()
  return (weekly: Weekly) =>
    summaryOf(weekly)
      .map(({ from, to, blocks }) => {
        const days =
          from === to ? dayName(from, format, 'short') : `${dayName(from, format, 'short')}–${dayName(to, format, 'short')}`
        return `${days} ${blocks.map(([opens, closes]) => wallRange(opens, closes)).join(', ')}`
      })
      .join(' · ') || t('alwaysClosed')
}
