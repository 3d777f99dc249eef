import type { Money } from '@chairside/api'
import { Button } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChartNoAxesColumn } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { PrintDay } from './print-day'
import { todayQuery } from './queries'

type StripProps = { date: string; by?: 'provider' | 'operatory' }

/** The day in numbers, in one line under the toolbar, and the way to its paper. Money is the server's word; a failure hides the numbers, not the day. */
export function DayStrip({ date, by }: StripProps) {
  const t = useTranslations('reports')
  const clinic = useSlug()
  const writing = useWriting()
  const mayRead = useMay('reports.day', 'reports.read')
  const day = useQuery({ ...todayQuery(clinic, date), enabled: mayRead }).data
  // Null for those who may not see money.
  const money = (sum: Money | null | undefined) => sum && writing.money(sum)
  const facts: [string, string | number | undefined | null][] = mayRead
    ? [
        [t('booked'), day?.booked],
        [t('arrived'), day?.arrived],
        [t('completed'), day?.completed],
        [t('noShow'), day?.no_show],
        [t('produced'), money(day?.produced)],
        [t('collected'), money(day?.collected)],
      ]
    : []
  return (
    <div className="flex items-center gap-x-2 border-b bg-surface ps-4 pe-2">
      {mayRead && (
        <dl aria-label={t('day')} className="flex flex-wrap gap-x-6 whitespace-nowrap py-1.5 text-sm max-sm:gap-x-4">
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
      )}
      <div className="ms-auto flex items-center">
        {mayRead && (
          <Button asChild variant="ghost" size="sm" className="max-sm:hidden">
            <Link to="/c/$clinic/day" params={{ clinic }} search={{ date }}>
              <ChartNoAxesColumn aria-hidden /> {t('report')}
            </Link>
          </Button>
        )}
        <PrintDay date={date} by={by} small />
      </div>
    </div>
  )
}
