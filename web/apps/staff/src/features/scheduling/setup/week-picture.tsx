import type { Weekly } from '@chairside/api'
import { cn } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { axisOf, marksOf, type Oddities, type PictureDay, pictureOf, weekStart } from './picture'
import { weekOf } from './weekly'

type Props = { weekly: Weekly; oddities?: Oddities; caption: string }

/** This week as bars, as it would be with the hours that stand in the fields: what is typed is seen at once. */
export function WeekPicture({ weekly, oddities, caption }: Props) {
  const t = useTranslations('setup')
  const { format, today, wallTime } = useWriting()
  const days = pictureOf(weekly, weekStart(today.toString(), weekOf(format)[0] ?? '1'), oddities)
  const axis = axisOf(days)
  const { from, to } = axis
  const marks = marksOf(axis)
  const step = (marks[1] ?? 0) - (marks[0] ?? 0)
  const at = (minute: number) => `${((minute - from) / (to - from)) * 100}%`
  return (
    <figure data-slot="week-picture" className="grid gap-1.5 text-xs">
      <figcaption className="font-medium text-muted-foreground">{caption}</figcaption>
      <div className="grid grid-cols-[4.5rem_minmax(0,1fr)] items-center gap-x-3">
        <span />
        <span aria-hidden className="relative h-4 text-2xs text-muted-foreground">
          {marks.map((mark, index) => (
            <span
              key={mark}
              // Where there is little room every second one, and none that reaches over the end.
              className={cn(
                'absolute whitespace-nowrap tabular-nums',
                mark + step > to && 'hidden',
                (index % 2 === 1 || mark + 2 * step > to) && 'max-sm:hidden',
              )}
              style={{ insetInlineStart: at(mark) }}
            >
              <bdi>{wallTime(clock(mark))}</bdi>
            </span>
          ))}
        </span>
        {days.map(day => (
          <Day key={day.date} day={day} at={at} marks={marks} isToday={day.date === today.toString()} />
        ))}
      </div>
      {days.every(day => day.bars.length === 0) && <p className="text-muted-foreground">{t('alwaysClosed')}</p>}
    </figure>
  )
}

const clock = (minute: number) => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

type DayProps = { day: PictureDay; at: (minute: number) => string; marks: number[]; isToday: boolean }

function Day({ day, at, marks, isToday }: DayProps) {
  const t = useTranslations('setup')
  const writing = useWriting()
  const name = `${writing.day(day.date, { weekday: 'short' })} ${writing.day(day.date, { day: 'numeric' })}`
  const words = day.bars.map(bar => writing.wallRange(clock(bar.from), clock(bar.to))).join(', ')
  return (
    <>
      <span className={cn('truncate py-0.5', isToday && 'font-semibold')}>
        <bdi>{name}</bdi>
        <span className="sr-only">
          {': '}
          {words || t('closed')}
          {day.odd && ` (${t(`odd.${day.odd}`)})`}
        </span>
      </span>
      <span aria-hidden className="relative h-5 rounded bg-muted">
        {marks.map(mark => (
          <span key={mark} className="absolute inset-y-0 w-px bg-border" style={{ insetInlineStart: at(mark) }} />
        ))}
        {day.bars.map(bar => (
          <span
            key={bar.from}
            data-bar
            className={cn('absolute inset-y-0.5 rounded-sm', day.odd ? 'bg-warn' : 'bg-primary', bar.spilled && 'opacity-60')}
            style={{ insetInlineStart: at(bar.from), insetInlineEnd: `calc(100% - ${at(bar.to)})` }}
          />
        ))}
        {day.odd && day.bars.length === 0 && (
          <span className="absolute inset-0 flex items-center px-2 text-muted-foreground">{t(`odd.${day.odd}`)}</span>
        )}
      </span>
    </>
  )
}
