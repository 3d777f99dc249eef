import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'

/** An instant as one says it: today by its time alone. */
export function useWhen() {
  const t = useTranslations('access')
  const { today, dateOf, dayOf, time } = useWriting()
  return (at: string) =>
    dateOf(at) === today.toString() ? t('todayAt', { time: time(at) }) : t('onAt', { day: dayOf(at), time: time(at) })
}
