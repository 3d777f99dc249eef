import { Button, cn, Segmented } from '@chairside/ui'
import type { CalendarDate } from '@internationalized/date'
import { CalendarClock, CalendarSearch, ChevronLeft, ChevronRight, LayoutList, Plus } from 'lucide-react'
import { type MouseEvent, type ReactNode, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { GoToDialog } from './go-to-dialog'
import type { By } from './queries'
import type { View } from './schedule-screen'
import { useDayWords } from './use-day-words'

type ToolbarProps = {
  date: CalendarDate
  title: string
  /** How many days the arrows go. */
  stride: number
  count: number
  view: View
  by: By
  choice?: ReactNode
  /** Of an agenda, how much of it. */
  span?: 'day' | 'week'
  onSpan: (span: string) => void
  onDate: (date: string) => void
  onView: (view: View) => void
  onBy: (by: string) => void
  onBook?: () => void
  onFind?: () => void
  onViews: () => void
  /** Not all of the columns are looked at. */
  isPart: boolean
}

/** The button by which the day was turned: it goes with the day, and whoever pressed it by a key is still there. */
let turner: string | undefined

export function Toolbar({ date, title, stride, count, view, by, choice, span, isPart, ...acts }: ToolbarProps) {
  const { onDate, onSpan, onView, onBy, onBook, onFind, onViews } = acts
  const t = useTranslations('schedule')
  const writing = useWriting()
  const words = useDayWords()
  const [going, setGoing] = useState(false)
  /** Words that there is no room for beside much else. */
  const said = span && choice ? 'hidden' : 'max-2xl:hidden'
  useEffect(() => {
    if (turner && document.activeElement === document.body) document.getElementById(turner)?.focus()
    turner = undefined
  }, [])
  const turn = (to: CalendarDate) => (event: MouseEvent<HTMLElement>) => {
    if (event.detail === 0) turner = event.currentTarget.id
    onDate(to.toString())
  }
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2 border-b px-4 py-2.5 max-sm:gap-x-2">
      <h1 className="me-auto flex items-baseline gap-2.5 whitespace-nowrap">
        <span className="font-semibold text-xl tracking-tight rtl:tracking-normal">{title}</span>
        {stride === 1 && words.away(date) && (
          <span className={cn('rounded-md border px-1.5 text-sm', words.past(date) && 'bg-warn-soft font-medium text-warn')}>
            {words.away(date)}
          </span>
        )}
        {!choice && <span className="text-muted-foreground text-sm max-sm:hidden">{t('visits', { count })}</span>}
      </h1>
      <div className="flex items-center gap-1">
        <Button
          size="icon"
          variant="ghost"
          id="previous-day"
          aria-label={t(stride === 1 ? 'previous' : 'previousWeek')}
          onClick={turn(date.subtract({ days: stride }))}
        >
          <ChevronLeft className="rtl:-scale-x-100" />
        </Button>
        <Button id="this-day" variant="outline" onClick={turn(writing.today)}>
          {t('today')}
        </Button>
        <Button
          id="next-day"
          size="icon"
          variant="ghost"
          aria-label={t(stride === 1 ? 'next' : 'nextWeek')}
          onClick={turn(date.add({ days: stride }))}
        >
          <ChevronRight className="rtl:-scale-x-100" />
        </Button>
        <Button id="go-to-date" size="icon" variant="ghost" aria-label={t('goToDate')} onClick={() => setGoing(true)}>
          <CalendarSearch />
        </Button>
        {going && <GoToDialog date={date} onDate={day => onDate(day.toString())} onClose={() => setGoing(false)} />}
      </div>
      <Segmented
        className="max-sm:hidden"
        label={t('by')}
        value={by}
        onChange={onBy}
        choices={[
          { value: 'operatory', label: t('operatory') },
          { value: 'provider', label: t('provider') },
        ]}
      />
      {choice}
      <Segmented
        label={t('view')}
        value={view}
        onChange={next => onView(next as View)}
        choices={[
          { value: 'day', label: t('dayView') },
          { value: 'week', label: t('weekView') },
          { value: 'agenda', label: t('agenda') },
        ]}
      />
      {span && (
        <Segmented
          label={t('agendaOf')}
          value={span}
          onChange={onSpan}
          choices={[
            { value: 'day', label: t('oneDay') },
            { value: 'week', label: t('sevenDays') },
          ]}
        />
      )}
      <Button variant="outline" aria-label={t(isPart ? 'viewsPart' : 'views')} onClick={onViews}>
        <LayoutList aria-hidden /> <span className={said}>{t('views')}</span>
        {isPart && <span aria-hidden className="size-1.5 rounded-full bg-primary" />}
      </Button>
      {onFind && (
        <Button variant="outline" aria-label={t('findTime')} onClick={onFind}>
          <CalendarClock aria-hidden /> <span className={said}>{t('findTime')}</span>
        </Button>
      )}
      {onBook && (
        <Button onClick={onBook}>
          <Plus aria-hidden /> {t('book')}
          <Keys of="book" className="max-sm:hidden" />
        </Button>
      )}
    </header>
  )
}
