import type { Opening } from '@chairside/api'
import { cn, Loading } from '@chairside/ui'
import { parseDate } from '@internationalized/date'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import type { Resources } from '../queries'
import { useDayWords } from '../use-day-words'
import { askable, type Draft, EMPTY } from './draft'
import { previewQuery } from './queries'

const PAUSE = 250
const SHOWN = 8

/** What it would offer as it stands: asked when the typing pauses. */
export function CalendarPreview({ draft, resources }: { draft: Draft; resources: Resources }) {
  const t = useTranslations('calendars')
  const clinic = useSlug()
  const wanted = JSON.stringify(askable(draft) ?? null)
  const [settled, settle] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => settle(wanted), PAUSE)
    return () => clearTimeout(timer)
  }, [wanted])
  const asked = JSON.parse(settled) as Draft | null
  const found = useQuery({ ...previewQuery(clinic, asked ?? EMPTY), enabled: asked !== null })
  const quiet = found.isFetching || settled !== wanted
  return (
    <aside
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard has to reach it
      tabIndex={0}
      aria-label={t('preview')}
      aria-busy={quiet}
      className="grid content-start gap-3 border-s bg-surface px-5 pt-4 pb-6 max-md:border-s-0 max-md:border-t md:overflow-y-auto"
    >
      <div>
        <h3 className="font-semibold text-sm">{t('preview')}</h3>
        <p className="text-muted-foreground text-xs">{t('previewAbout')}</p>
      </div>
      {asked ? (
        <Answer to={found} compact loading={<Loading label={t('preview')} rows={3} />}>
          {slots =>
            slots.length ? (
              <div className={cn('grid gap-4', quiet && 'opacity-60')}>
                <p className="sr-only" role="status">
                  {t('times', { count: slots.length })}
                </p>
                <Days slots={slots} resources={resources} />
              </div>
            ) : (
              <p role="status" className="text-muted-foreground text-sm">
                {t('previewNone')}
              </p>
            )
          }
        </Answer>
      ) : (
        <p className="text-muted-foreground text-sm">{t('previewWait')}</p>
      )}
    </aside>
  )
}

function Days({ slots, resources }: { slots: Opening[]; resources: Resources }) {
  const t = useTranslations('calendars')
  const { dateOf, time } = useWriting()
  const words = useDayWords()
  const nameOf = (id: string) => resources.providers.find(one => one.id === id)?.name ?? ''
  return [...Map.groupBy(slots, slot => dateOf(slot.starts_at))].map(([date, own]) => (
    <section key={date} aria-label={words.full(parseDate(date))} className="grid gap-1">
      <h4 className="flex items-baseline justify-between gap-2 font-medium text-sm">
        {words.full(parseDate(date))}
        <span className="font-normal text-muted-foreground text-xs">{t('times', { count: own.length })}</span>
      </h4>
      <ul className="grid gap-0.5 text-sm">
        {own.slice(0, SHOWN).map(slot => (
          <li key={slot.starts_at} className="flex items-baseline gap-2">
            <bdi className="min-w-18 shrink-0 whitespace-nowrap tabular-nums">{time(slot.starts_at)}</bdi>
            <bdi className="truncate text-muted-foreground">{nameOf(slot.provider_id)}</bdi>
          </li>
        ))}
      </ul>
      {own.length > SHOWN && <p className="text-muted-foreground text-xs">{t('more', { count: own.length - SHOWN })}</p>}
    </section>
  ))
}
