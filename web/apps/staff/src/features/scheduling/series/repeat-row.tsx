import { Button, cn, Field } from '@chairside/ui'
import { parseDate, parseTime, toCalendarDateTime, toZoned } from '@internationalized/date'
import { CalendarClock, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { TimeField } from '@/lib/time-field'
import { useDayWords } from '../use-day-words'
import type { Choice, Row } from './draft'
import { clockIn } from './when'

type RowProps = { row: Row; number: number | undefined; onChoice: (choice: Choice | undefined) => void }

/** One day of it: booked, left out, or at another time. */
export function RepeatRow({ row, number, onChoice }: RowProps) {
  const t = useTranslations('series')
  const writing = useWriting()
  const [open, setOpen] = useState(false)
  const words = useDayWords()
  const say = (at: string) => `${words.short(writing.dateOf(at))}, ${writing.time(at)}`
  const moved = row.at !== row.planned
  const [date, time] = [writing.dateOf(row.at), clockIn(writing.timezone, row.at)]
  const put = (day: string, clock: string) =>
    onChoice({ at: toZoned(toCalendarDateTime(parseDate(day), parseTime(clock)), writing.timezone).toAbsoluteString() })
  return (
    <li
      className={cn(
        'grid grid-cols-[minmax(0,1fr)] gap-1 py-1.5',
        row.reasons.length > 0 && !row.booked && 'text-muted-foreground',
      )}
    >
      <div className="grid grid-cols-[1rem_1.5rem_minmax(0,1fr)_auto] items-center gap-x-2">
        <input
          type="checkbox"
          aria-label={t('include', { when: say(row.at) })}
          className="size-4 accent-primary"
          checked={row.booked}
          disabled={row.taken}
          onChange={event => onChoice(event.target.checked ? (row.reasons.length ? 'anyway' : undefined) : 'leave')}
        />
        <span className="text-end text-muted-foreground text-xs tabular-nums">{number}</span>
        <span className={cn('truncate text-sm tabular-nums', !row.booked && 'line-through')}>
          <bdi>{words.short(date)}</bdi>{' '}
          <bdi dir="ltr" className="font-medium">
            {writing.time(row.at)}
          </bdi>
        </span>
        {moved ? (
          <Button size="sm" variant="ghost" onClick={() => onChoice(undefined)}>
            <Undo2 aria-hidden /> {t('back')}
          </Button>
        ) : (
          <Button
            size="icon"
            variant="ghost"
            className="size-7"
            aria-expanded={open}
            aria-label={t('other', { when: say(row.planned) })}
            title={t('other', { when: say(row.planned) })}
            onClick={() => setOpen(!open)}
          >
            <CalendarClock />
          </Button>
        )}
      </div>
      {moved && <p className="ps-14 max-sm:ps-6 text-muted-foreground text-xs">{t('changed', { when: say(row.planned) })}</p>}
      {row.reasons.length > 0 && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1 ps-14 max-sm:ps-6">
          <Why row={row} />
          {row.instead && (
            <Button
              size="sm"
              variant="outline"
              className="h-auto min-h-7 max-w-full whitespace-normal py-1 text-start"
              onClick={() => onChoice({ at: row.instead as string })}
            >
              {t('instead', { when: say(row.instead) })}
            </Button>
          )}
        </div>
      )}
      {(open || moved) && (
        <div className="flex flex-wrap items-end gap-2 ps-14 max-sm:ps-6">
          <Field
            labelHidden
            label={t('otherDay')}
            type="date"
            min={writing.today.toString()}
            value={date}
            onChange={event => event.target.value && put(event.target.value, time)}
          />
          <TimeField label={t('otherTime')} value={time} onChange={clock => put(date, clock)} className="h-9 w-28" />
        </div>
      )}
    </li>
  )
}

/** Whom it does not suit and why; two of whom the same is true are named together. */
function Why({ row }: { row: Row }) {
  const t = useTranslations('series')
  const codes = useTranslations('openings')
  const schedule = useTranslations('schedule')
  const { range } = useWriting()
  const spanned = (from: string, to: string) => range(Date.parse(from), Date.parse(to))
  const names = { provider: schedule('provider'), operatory: schedule('operatory'), patient: schedule('who') }
  const said = new Map<string, string[]>()
  for (const { kind, because } of row.reasons) {
    const time = because.starts_at && because.ends_at ? spanned(because.starts_at, because.ends_at) : ''
    const hours = because.hours.map(one => spanned(one.starts_at, one.ends_at)).join(', ')
    const why = codes(`codes.${because.code}`, { time, hours, reason: because.reason ?? '' })
    said.set(why, [...(said.get(why) ?? []), ...(kind ? [names[kind]] : [])])
  }
  return (
    <ul className="text-sm text-warn">
      {[...said].map(([why, who]) => (
        <li key={why}>{who.length ? t('of', { who: who.join(', '), why }) : why}</li>
      ))}
    </ul>
  )
}
