import type { Schedule } from '@chairside/api'
import { Empty } from '@chairside/ui'
import { parseDate } from '@internationalized/date'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Armchair } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import type { Completing } from './board-dialogs'
import { DayBoard } from './day-board'
import { Fetching } from './fetching'
import { type By, type Resources, resourcesQuery, scheduleQuery } from './queries'
import { ScheduleSkeleton } from './skeleton'
import { useDayWords } from './use-day-words'
import { useFresh } from './use-fresh'

export type View = 'day' | 'week' | 'agenda'
export type ScheduleSearch = {
  date?: string
  view?: View
  by?: By
  of?: string
  /** Of an agenda: a week of it. */
  span?: 'week'
  /** Of a day, the columns that are looked at; all when it is not said. */
  columns?: string[]
  visit?: string
  patient?: string
  /** What the patient is to be booked for. */
  service?: string
  carry?: string
}
export type ScreenProps = {
  search: ScheduleSearch
  /** The day's numbers and what is left to set up come from above: the route puts them here. */
  strip?: ReactNode
  setUp?: ReactNode
  completing?: Completing
}

/** Comes when it is asked for. */
const WeekScreen = lazy(() => import('./week-screen'))

export function ScheduleScreen(props: ScreenProps) {
  const { view, span } = props.search
  if (view !== 'week' && !(view === 'agenda' && span)) return <DayScreen {...props} />
  return (
    <Suspense fallback={<ScheduleSkeleton />}>
      <WeekScreen {...props} />
    </Suspense>
  )
}

function DayScreen({ search, strip, setUp, completing }: ScreenProps) {
  const t = useTranslations('schedule')
  const clinic = useSlug()
  const { today } = useWriting()
  const date = search.date ?? today.toString()
  const { by = 'operatory' } = search
  const words = useDayWords()
  const schedule = useQuery(scheduleQuery(clinic, date, by))
  const resources = useQuery(resourcesQuery(clinic))
  useFresh(schedule.dataUpdatedAt, schedule.refetch)
  const ready = schedule.isSuccess
  const queries = useQueryClient()
  useEffect(() => {
    // One day on or back is the commonest step, and should not wait.
    if (ready)
      for (const days of [1, -1]) void queries.prefetchQuery(scheduleQuery(clinic, parseDate(date).add({ days }).toString(), by))
  }, [ready, queries, clinic, date, by])
  const error = schedule.error ?? resources.error
  const data: { schedule: Schedule; resources: Resources } | undefined =
    schedule.data && resources.data ? { schedule: schedule.data, resources: resources.data } : undefined
  const fetchStatus = schedule.fetchStatus === 'paused' ? schedule.fetchStatus : resources.fetchStatus
  const refetch = () => Promise.all([schedule.refetch(), resources.refetch()])
  const loading = <Fetching title={words.full(parseDate(date))} date={date} />
  return (
    <Answer to={{ data, error, fetchStatus, refetch }} loading={loading}>
      {({ schedule, resources }) =>
        resources.providers.length === 0 || resources.operatories.length === 0 ? (
          <div className="h-full overflow-y-auto">
            <title>{t('title')}</title>
            {setUp}
            <Empty icon={Armchair} title={t('noColumns')} about={t('noColumnsAbout')} />
          </div>
        ) : (
          <DayBoard key={`${date} ${by}`} {...{ date, by, search, resources, completing }} said={schedule}>
            {setUp}
            {strip}
          </DayBoard>
        )
      }
    </Answer>
  )
}
