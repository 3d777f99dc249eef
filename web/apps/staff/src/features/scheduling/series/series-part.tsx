import type { DayVisit } from '@chairside/api'
import { Button, cn } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Repeat } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { useStatusWord } from '../status'
import { useDayWords } from '../use-day-words'
import { seriesQuery } from './queries'

type PartProps = { visit: DayVisit; onMove?: () => void; onCancel?: () => void }

/** Which of its series the visit is, the others of it, and ways to move and to cancel the rest. */
export default function SeriesPart({ visit, onMove, onCancel }: PartProps) {
  const t = useTranslations('series')
  const clinic = useSlug()
  const writing = useWriting()
  const word = useStatusWord()
  const words = useDayWords()
  const series = useQuery(seriesQuery(clinic, visit.patient_id, visit.series_id ?? '')).data
  if (!series) return <div className="min-h-10 border-t" />
  return (
    <section aria-label={t('part')} className="grid gap-2 border-t pt-3 text-sm">
      <details className="group">
        <summary className="flex cursor-pointer list-none items-center gap-2 rounded font-medium">
          <Repeat aria-hidden className="size-4 text-muted-foreground" />
          {t('numberOf', { number: visit.series_number ?? 0, count: series.visits.length })}
          <span className="ms-auto text-primary text-xs underline-offset-4 group-hover:underline">{t('all')}</span>
        </summary>
        <ol className="mt-2 grid max-h-64 gap-1 overflow-y-auto">
          {series.visits.map(one => (
            <li key={one.id} className="grid grid-cols-[1.5rem_minmax(0,1fr)_auto] items-baseline gap-x-2">
              <span className="text-muted-foreground text-xs tabular-nums">{one.number}</span>
              <Link
                to="/c/$clinic/schedule"
                params={{ clinic }}
                search={old => ({ ...old, date: writing.dateOf(one.starts_at), visit: one.id })}
                aria-current={one.id === visit.id || undefined}
                className={cn(
                  'truncate leading-6 tabular-nums underline-offset-4 hover:underline',
                  one.id === visit.id && 'font-semibold',
                  one.status === 'cancelled' && 'text-muted-foreground line-through',
                )}
              >
                <bdi>{words.short(writing.dateOf(one.starts_at))}</bdi> · <bdi dir="ltr">{writing.time(one.starts_at)}</bdi>
              </Link>
              <span className="text-muted-foreground text-xs">{one.id === visit.id ? t('here') : word(one.status)}</span>
            </li>
          ))}
        </ol>
      </details>
      {onMove && (
        <Button variant="outline" className="justify-start" onClick={onMove}>
          {t('move')}
        </Button>
      )}
      {onCancel && (
        <Button variant="outline" className="justify-start" onClick={onCancel}>
          {t('cancel')}
        </Button>
      )}
    </section>
  )
}
