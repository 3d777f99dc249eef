import type { DayVisit } from '@chairside/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { clock, useSlug, useWriting } from '@/lib/clinic'
import { colleaguesQuery, historyQuery, visitsQuery } from './queries'
import { useStatusWord } from './status'
import { LED_TO, type Taken } from './writes'

/** What is read of a patient is written down, so only who stays on a visit reads more of it. */
function useStaying(id: string) {
  const [stayed, stay] = useState<string>()
  useEffect(() => {
    const timer = setTimeout(() => stay(id), 400)
    return () => clearTimeout(timer)
  }, [id])
  return stayed === id
}

/** Around a visit: the one before and the one after it, and what happened to this one. */
export function VisitStory({ visit }: { visit: DayVisit }) {
  const t = useTranslations('schedule')
  const writing = useWriting()
  const clinic = useSlug()
  const enabled = useStaying(visit.id)
  const visits = useQuery({ ...visitsQuery(clinic, visit.patient_id), enabled }).data
  const history = useQuery({ ...historyQuery(clinic, visit.id), enabled }).data
  const colleagues = useQuery({ ...colleaguesQuery(clinic), enabled }).data
  const word = useStatusWord()
  const now = clock().getTime()
  const others = visits?.filter(one => one.id !== visit.id && one.status !== 'cancelled') ?? []
  const last = others.findLast(one => Date.parse(one.starts_at) < now && one.status === 'completed')
  const next = others.find(one => Date.parse(one.starts_at) > now && one.status !== 'no_show')
  const nameOf = (id: string) => colleagues?.find(one => one.id === id)?.name ?? '–'
  const stepWord = (step: string) =>
    step === 'booking' ? t('wasBooked') : word(LED_TO[step.replace('no_show', 'no-show') as Taken])
  if (!visits || !history) return <div className="min-h-24 border-t" />
  return (
    <>
      <dl className="grid gap-1.5 border-t pt-4 text-sm">
        {(
          [
            [t('lastVisit'), last],
            [t('nextVisit'), next],
          ] as const
        ).map(([label, one]) => (
          <div key={label} className="flex items-baseline justify-between gap-2">
            <dt className="text-muted-foreground">{label}</dt>
            <dd>
              {one ? (
                <Link
                  to="/c/$clinic/schedule"
                  params={{ clinic }}
                  search={{ date: writing.dateOf(one.starts_at), visit: one.id }}
                  className="underline-offset-4 hover:underline"
                >
                  <bdi>{writing.dayOf(one.starts_at)}</bdi>
                </Link>
              ) : (
                <span className="text-muted-foreground">{t('noVisit')}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <details className="group border-t pt-3 text-sm">
        <summary className="flex cursor-pointer list-none items-center gap-1 rounded font-medium text-muted-foreground text-xs">
          <ChevronRight aria-hidden className="size-3.5 group-open:rotate-90 rtl:-scale-x-100 rtl:group-open:rotate-90" />
          {t('history', { count: history.length })}
        </summary>
        <ol className="mt-2 grid gap-2">
          {history.map(line => (
            <li key={`${line.step} ${line.at}`} className="grid grid-cols-[4.5rem_minmax(0,1fr)] gap-x-2">
              <span className="text-muted-foreground text-xs leading-5">
                <bdi dir="ltr">{writing.time(line.at)}</bdi>
                <bdi className="block">{writing.dayOf(line.at, { day: 'numeric', month: 'short' })}</bdi>
              </span>
              <span>
                <span className={line.undone_at ? 'line-through' : 'font-medium'}>{stepWord(line.step)}</span>
                <bdi className="block text-muted-foreground text-xs">{nameOf(line.by)}</bdi>
                {line.reason && <bdi className="block text-muted-foreground text-xs">{line.reason}</bdi>}
                {line.undone_at && line.undone_by && (
                  <span className="block text-muted-foreground text-xs">
                    {t('undoneBy', { name: nameOf(line.undone_by), time: writing.time(line.undone_at) })}
                  </span>
                )}
              </span>
            </li>
          ))}
        </ol>
      </details>
    </>
  )
}
