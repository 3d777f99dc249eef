import type { Favourite } from '@chairside/api'
import { useTranslations } from 'use-intl'

type Said = Pick<Favourite, 'dose' | 'times_a_day' | 'days' | 'directions'>

/** `1 tablet · 3 times a day · for 5 days · With water.` */
export function useDirections() {
  const t = useTranslations('prescribing')
  return ({ dose, times_a_day, days, directions }: Said) =>
    [dose, times_a_day && t('times', { count: times_a_day }), days && t('forDays', { count: days }), directions]
      .filter(Boolean)
      .join(' · ')
}
