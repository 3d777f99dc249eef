import type { Money } from '@chairside/api'
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
  // Null for those who may not see money.
  const money = (sum: Money | null | undefined) => sum && writing.money(sum)
  const facts: [string, string | number | undefined | null][] = [
    [t('booked'), day?.booked],
    [t('arrived'), day?.arrived],
    [t('completed'), day?.completed],
    [t('noShow'), day?.no_show],
    [t('produced'), money(day?.produced)],
    [t('collected'), money(day?.collected)],
  ]
  return (
    <dl
      aria-label={t('day')}
      className="flex flex-wrap gap-x-6 whitespace-nowrap border-b bg-surface px-4 py-1.5 text-sm max-sm:gap-x-4"
    >
      {facts.map(
        ([term, value]) =>
          value !== null && (
            <div key={term} className="flex items-baseline gap-1.5">
              <dt className="text-muted-foreground text-xs">{term}</dt>
              <dd className="font-semibold tabular-nums">
                <bdi>{value ?? '–'}</bdi>
              </dd>
            </div>
          ),
      )}
    </dl>
  )
}
