import { Button, cn } from '@chairside/ui'
import { type CalendarDate, getDayOfWeek, isSameMonth } from '@internationalized/date'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useClinic, useWriting } from '@/lib/clinic'
import { weeksOf } from './go-to'

type MonthProps = {
  at: CalendarDate
  onAt: (day: CalendarDate) => void
  onPick: (day: CalendarDate) => void
  picked?: CalendarDate
}

/** A month to choose a day from: arrows go by days and weeks, Page Up and Page Down by months. */
export function Month({ at, onAt, onPick, picked }: MonthProps) {
  const t = useTranslations('schedule')
  const { today, day } = useWriting()
  const { locale } = useClinic()
  const body = useRef<HTMLTableElement>(null)
  const keyed = useRef(false)
  const weeks = weeksOf(at, locale)
  useEffect(() => {
    if (!keyed.current) return
    keyed.current = false
    body.current?.querySelector<HTMLElement>(`[data-day="${at}"]`)?.focus()
  }, [at])
  function moved(event: KeyboardEvent<HTMLElement>) {
    const mirrored = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1
    const within = getDayOfWeek(at, locale)
    const next = {
      ArrowLeft: () => at.subtract({ days: mirrored }),
      ArrowRight: () => at.add({ days: mirrored }),
      ArrowUp: () => at.subtract({ weeks: 1 }),
      ArrowDown: () => at.add({ weeks: 1 }),
      PageUp: () => at.subtract({ months: 1 }),
      PageDown: () => at.add({ months: 1 }),
      Home: () => at.subtract({ days: within }),
      End: () => at.add({ days: 6 - within }),
    }[event.key]
    if (!next) return
    event.preventDefault()
    keyed.current = true
    onAt(next())
  }
  return (
    <div className="grid gap-1.5">
      <div className="flex items-center gap-1">
        <b className="me-auto font-semibold text-sm first-letter:uppercase" aria-live="polite">
          {day(at, { month: 'long', year: 'numeric' })}
        </b>
        <Button size="icon" variant="ghost" aria-label={t('previousMonth')} onClick={() => onAt(at.subtract({ months: 1 }))}>
          <ChevronLeft className="rtl:-scale-x-100" />
        </Button>
        <Button size="icon" variant="ghost" aria-label={t('nextMonth')} onClick={() => onAt(at.add({ months: 1 }))}>
          <ChevronRight className="rtl:-scale-x-100" />
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a calendar is a grid of days */}
      <table ref={body} role="grid" aria-label={day(at, { month: 'long', year: 'numeric' })} onKeyDown={moved} className="w-full">
        <thead className="text-muted-foreground text-xs">
          <tr>
            {weeks[0]?.map(one => (
              <th key={one.toString()} scope="col" className="h-7 font-medium" abbr={day(one, { weekday: 'long' })}>
                {day(one, { weekday: 'short' })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeks.map(week => (
            <tr key={week[0]?.toString()}>
              {week.map(one => (
                <td key={one.toString()} className="p-0 text-center">
                  <button
                    type="button"
                    data-day={one.toString()}
                    tabIndex={one.compare(at) === 0 ? 0 : -1}
                    aria-label={day(one, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })}
                    aria-pressed={!!picked && one.compare(picked) === 0}
                    aria-current={one.compare(today) === 0 ? 'date' : undefined}
                    onClick={() => onPick(one)}
                    className={cn(
                      'size-9 rounded-md text-sm tabular-nums hover:bg-accent',
                      !isSameMonth(one, at) && 'text-muted-foreground',
                      one.compare(today) === 0 && 'font-semibold underline underline-offset-4',
                      picked && one.compare(picked) === 0 && 'bg-primary text-primary-foreground hover:bg-primary',
                    )}
                  >
                    {one.day}
                  </button>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
