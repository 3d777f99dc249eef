import { cn } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { Fill } from './column-head'
import type { Frame } from './model'

type Opening = { holiday?: string; onOpen: (date: string) => void }

function DayName({ date, narrow, holiday, onOpen }: Opening & { date: string; narrow?: boolean }) {
  const t = useTranslations('schedule')
  const { day, today } = useWriting()
  const weekday = day(date, { weekday: 'short' })
  const number = day(date, { day: 'numeric' })
  const isToday = date === today.toString()
  return (
    <button
      type="button"
      aria-label={[t('openDay', { day: `${weekday} ${number}` }), holiday].filter(Boolean).join(' ')}
      aria-current={isToday ? 'date' : undefined}
      title={holiday}
      onClick={() => onOpen(date)}
      className={cn(
        'flex w-fit min-w-0 max-w-full items-center gap-1.5 rounded-md px-1 text-sm hover:bg-accent',
        narrow && 'mx-auto flex-col gap-0 px-0.5 leading-4',
      )}
    >
      <span className={cn('truncate text-muted-foreground', narrow && 'max-w-9 text-xs')}>{weekday}</span>{' '}
      <span
        className={cn(
          'grid h-6 min-w-6 shrink-0 place-items-center rounded-full px-1 font-semibold',
          isToday && 'bg-primary text-primary-foreground',
        )}
      >
        {number}
      </span>
      {holiday && !narrow && <span className="truncate text-warn text-xs">{holiday}</span>}
    </button>
  )
}

/** A day of the week, how full it is, and the way to it. */
export function DayHead({ frame, index, ...rest }: Opening & { frame: Frame; index: number }) {
  const t = useTranslations('schedule')
  const { date = '' } = frame.tracks[index] ?? {}
  const { narrow, open = [] } = frame.columns[index] ?? {}
  const count = frame.items.filter(item => item.column === index).length
  return (
    <div className="grid min-h-12 content-start gap-1">
      <DayName date={date} narrow={narrow} {...rest} />
      {!narrow && (
        <>
          <span className="truncate px-1 text-muted-foreground text-xs">
            {open.length || count ? t('visits', { count }) : t('closedDay')}
          </span>
          <Fill day={frame} index={index} />
        </>
      )}
    </div>
  )
}

type OverProps = Pick<Opening, 'onOpen'> & { frame: Frame; holidayOn: (date: string) => string | undefined }

/** Over the columns of everyone: the days. */
export function DaysOver({ frame, holidayOn, onOpen }: OverProps) {
  const dates = [...new Set(frame.tracks.map(track => track.date))]
  return dates.map(date => {
    const first = frame.tracks.findIndex(track => track.date === date)
    const last = frame.tracks.findLastIndex(track => track.date === date)
    const narrow = first === last && frame.columns[first]?.narrow
    return (
      <div
        key={date}
        className="day-over min-w-0 overflow-hidden border-s px-1 pt-1.5"
        style={{ gridColumn: `${first + 1} / ${last + 2}`, gridRow: 1 }}
      >
        <DayName date={date} narrow={narrow} holiday={holidayOn(date)} onOpen={onOpen} />
      </div>
    )
  })
}

/** Whose column it is; of many, by the first letters alone. */
export function ResourceHead({ name, isNarrow }: { name: string; isNarrow: boolean }) {
  return (
    <span title={name} className={cn('block truncate text-muted-foreground text-xs', isNarrow && '-mx-2 text-center')}>
      {isNarrow ? lettersOf(name) : name}
      {isNarrow && <span className="sr-only">{name}</span>}
    </span>
  )
}

/** “Dr. Ioana Marin” → IM, “Room 12” → 12: what tells it from its neighbours. */
export function lettersOf(name: string) {
  const number = /\d+$/.exec(name)?.[0]
  if (number) return number
  const names = name.split(/\s+/).filter(word => !word.endsWith('.'))
  return (names.length > 1 ? [names[0], names.at(-1)] : names).map(word => [...(word ?? '')][0] ?? '').join('')
}
