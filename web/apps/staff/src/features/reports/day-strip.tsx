import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { todayQuery } from './queries'

/** The day in numbers, in one line under the toolbar. Money is the server's word; a failure hides the line, not the day. */
export function DayStrip({ date }: { date: string }) {
  const t = useTranslations('reports')
  const clinic = useSlug()
  const writing = useWriting()
  const mayRead = useMay('reports.day', 'reports.read')
  const day = useQuery({ ...todayQuery(clinic, date), enabled: mayRead }).data
  if (!mayRead) return null
  const facts: [string, string | number | undefined][] = [
    [t('booked'), day?.booked],
    [t('arrived'), day?.arrived],
    [t('completed'), day?.completed],
    [t('noShow'), day?.no_show],
    [t('produced'), day && writing.money(day.produced)],
    [t('collected'), day && writing.money(day.collected)],
  ]
  return (
    <dl
      aria-label={t('day')}
      className="flex gap-x-6 overflow-x-auto whitespace-nowrap border-b bg-surface px-4 py-1.5 text-sm [scrollbar-width:none]"
    >
      {facts.map(([term, value]) => (
        <div key={term} className="flex items-baseline gap-1.5">
          <dt className="text-muted-foreground text-xs">{term}</dt>
          <dd className="font-semibold tabular-nums">
            <bdi>{value ?? '–'}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  )
}
