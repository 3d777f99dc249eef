import { useCommands } from '@chairside/commands'
import { parseDate } from '@internationalized/date'
import { useTranslations } from 'use-intl'
import type { ScheduleSearch } from './schedule-screen'

type Turning = {
  date: string
  /** How many days J and K go. */
  stride: number
  set: (next: Partial<ScheduleSearch>) => void
}

/** The keys that go to other days: also while a day is still fetched, for whoever leafs through faster than that. */
export function useTurning({ date, stride, set }: Turning) {
  const t = useTranslations('schedule')
  const group = useTranslations('shell.groups')('schedule')
  const go = (days: number) => () => set({ date: parseDate(date).add({ days }).toString(), visit: undefined })
  useCommands([
    { id: 'today', group, label: t('today'), run: () => set({ date: undefined, visit: undefined }) },
    { id: 'next', group, label: t(stride === 1 ? 'next' : 'nextWeek'), run: go(stride) },
    { id: 'previous', group, label: t(stride === 1 ? 'previous' : 'previousWeek'), run: go(-stride) },
  ])
}
