import type { DayReport } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Banner, Button } from '@chairside/ui'
import { parseDate } from '@internationalized/date'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { CalendarSearch, ChevronLeft, ChevronRight, Download, LockKeyhole } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { GoToDialog, useDayWords } from '@/features/scheduling'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { Figures } from './figures'
import { Lines } from './lines'
import { firstOf } from './model'
import { PrintDay } from './print-day'
import { dayQuery, dayTable, type FigureName } from './queries'

export type DaySearch = { date?: string; figure?: FigureName }

/** A day in figures, the list behind the chosen one beside them. The address holds both. */
export function DayScreen({ date: asked, figure }: DaySearch) {
  const t = useTranslations('day')
  const group = useTranslations('shell.groups')('day')
  const clinic = useSlug()
  const { today } = useWriting()
  const words = useDayWords()
  const navigate = useNavigate({ from: '/c/$clinic/day' })
  const [going, setGoing] = useState(false)
  const date = asked ?? today.toString()
  const day = parseDate(date)
  const report = useQuery(dayQuery(clinic, date))
  const set = (next: DaySearch) => navigate({ search: { date: asked, figure, ...next }, replace: true })
  const turn = (days: number) => set({ date: day.add({ days }).toString() })
  useCommands([
    { id: 'day-before', group, label: t('previous'), run: () => turn(-1) },
    { id: 'day-after', group, label: t('next'), run: () => turn(1) },
    { id: 'day-today', group, label: t('today'), run: () => set({ date: undefined }) },
    { id: 'day-choose', group, label: t('choose'), run: () => setGoing(true) },
    { id: 'day-table', group, label: t('exportAbout'), run: () => window.open(dayTable(clinic, date)) },
  ])
  return (
    <div className="flex h-full min-h-0 flex-col">
      <title>{t('title')}</title>
      <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2.5">
        <h1 className="me-auto font-semibold text-xl tracking-tight rtl:tracking-normal">{words.full(day)}</h1>
        <div className="flex items-center gap-1">
          <Button size="icon" variant="ghost" aria-label={t('previous')} onClick={() => turn(-1)}>
            <ChevronLeft className="rtl:-scale-x-100" />
          </Button>
          <Button variant="outline" onClick={() => set({ date: undefined })}>
            {t('today')}
          </Button>
          <Button size="icon" variant="ghost" aria-label={t('next')} onClick={() => turn(1)}>
            <ChevronRight className="rtl:-scale-x-100" />
          </Button>
          <Button size="icon" variant="ghost" aria-label={t('choose')} onClick={() => setGoing(true)}>
            <CalendarSearch />
          </Button>
        </div>
        <PrintDay date={date} />
        <Button asChild variant="outline">
          <a href={dayTable(clinic, date)} download title={t('exportAbout')}>
            <Download aria-hidden /> {t('export')}
          </a>
        </Button>
        <CloseLink date={date} />
      </header>
      {going && <GoToDialog date={day} onDate={to => set({ date: to.toString() })} onClose={() => setGoing(false)} />}
      <div className="min-h-0 flex-1 overflow-y-auto">
        <Answer to={report}>{said => <DayPage report={said} figure={figure} onChoose={next => set({ figure: next })} />}</Answer>
      </div>
    </div>
  )
}

function DayPage({
  report,
  figure,
  onChoose,
}: {
  report: DayReport
  figure?: FigureName
  onChoose: (figure: FigureName) => void
}) {
  const t = useTranslations('day')
  const { time } = useWriting()
  const chosen = report.figures.find(one => one.figure === figure)?.figure ?? firstOf(report.figures)
  return (
    <div className="mx-auto grid max-w-6xl gap-4 px-6 pt-5 pb-16 max-sm:px-4">
      {report.holiday && <Banner tone="info" title={t('holiday', { name: report.holiday })} />}
      {report.closes.map(({ id, closed_at, closed_by }) => (
        <Banner
          key={id}
          tone="info"
          title={closed_by ? t('closed', { time: time(closed_at), name: closed_by }) : t('closedAt', { time: time(closed_at) })}
        />
      ))}
      <div className="grid grid-cols-[20rem_minmax(0,1fr)] items-start gap-5 max-lg:grid-cols-1">
        <Figures report={report} chosen={chosen} onChoose={onChoose} />
        {chosen && <Lines date={report.date} figure={chosen} />}
      </div>
    </div>
  )
}

function CloseLink({ date }: { date: string }) {
  const t = useTranslations('day')
  const clinic = useSlug()
  const mayClose = useMay('billing.close_day')
  const { today } = useWriting()
  if (!mayClose || parseDate(date).compare(today) > 0) return null
  return (
    <Button asChild>
      <Link to="/c/$clinic/billing/day-close" params={{ clinic }} search={{ date }}>
        <LockKeyhole aria-hidden /> {t('close')} <Keys of="close-day" className="max-sm:hidden" />
      </Link>
    </Button>
  )
}
