import type { Week } from '@chairside/api'
import { Empty } from '@chairside/ui'
import { parseDate } from '@internationalized/date'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Armchair } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useClinic, useSlug, useWriting } from '@/lib/clinic'
import { useSession } from '@/lib/session'
import { Fetching } from './fetching'
import { weekAround } from './go-to'
import { type Resources, resourcesQuery, weekQuery } from './queries'
import type { ScreenProps } from './schedule-screen'
import { useDayWords } from './use-day-words'
import { useFresh } from './use-fresh'
import { WeekBoard } from './week-board'

export const ALL = 'all'

/** The week of one provider or operatory, or of all. */
export default function WeekScreen({ search, setUp, completing }: ScreenProps) {
  const t = useTranslations('schedule')
  const clinic = useSlug()
  const { principal } = useSession()
  const queries = useQueryClient()
  const { today } = useWriting()
  // Whoever works here means the same week, in whatever language they read.
  const { locale } = useClinic()
  const words = useDayWords()
  const date = search.date ?? today.toString()
  const { by = 'provider' } = search
  const [from, to] = weekAround(parseDate(date), locale)
  const resources = useQuery(resourcesQuery(clinic))
  const whose = (by === 'provider' ? resources.data?.providers : resources.data?.operatories)?.filter(one => one.active) ?? []
  // A provider's own week comes first.
  const own = whose.find(one => 'member_id' in one && one.member_id === principal.id)
  const of = search.of === ALL ? undefined : (whose.find(one => one.id === search.of) ?? own ?? whose[0])?.id
  const known = search.of === ALL || !!of
  const week = useQuery({ ...weekQuery(clinic, from.toString(), to.toString(), by, of), enabled: known })
  useFresh(week.dataUpdatedAt, week.refetch)
  const ready = week.isSuccess
  const first = from.toString()
  useEffect(() => {
    if (!ready) return
    for (const weeks of [1, -1]) {
      const next = parseDate(first).add({ weeks })
      void queries.prefetchQuery(weekQuery(clinic, next.toString(), next.add({ days: 6 }).toString(), by, of))
    }
  }, [ready, queries, clinic, first, by, of])
  const isEmpty = resources.data && (!resources.data.providers.length || !resources.data.operatories.length)
  const data: { week?: Week; resources: Resources } | undefined =
    resources.data && (isEmpty || week.data) ? { week: week.data, resources: resources.data } : undefined
  const error = week.error ?? resources.error
  const fetchStatus = week.fetchStatus === 'paused' ? week.fetchStatus : resources.fetchStatus
  const refetch = () => Promise.all([week.refetch(), resources.refetch()])
  const title = words.span(from, to)
  const loading = <Fetching title={title} date={date} stride={7} />
  return (
    <Answer to={{ data, error, fetchStatus, refetch }} loading={loading}>
      {({ week, resources }) =>
        week ? (
          <WeekBoard key={`${first} ${by} ${of}`} {...{ date, by, of, search, resources, completing, title }} said={week}>
            {setUp}
          </WeekBoard>
        ) : (
          <div className="h-full overflow-y-auto">
            <title>{t('title')}</title>
            {setUp}
            <Empty icon={Armchair} title={t('noColumns')} about={t('noColumnsAbout')} />
          </div>
        )
      }
    </Answer>
  )
}
