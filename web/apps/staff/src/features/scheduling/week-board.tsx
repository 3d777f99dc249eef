import type { Week } from '@chairside/api'
import { Field } from '@chairside/ui'
import { parseDate } from '@internationalized/date'
import { type ReactNode, useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { Agenda } from './agenda'
import { BoardFrame } from './board'
import { BoardGrid } from './board-grid'
import { type BoardOptions, useBoard } from './use-board'
import { useDayWords } from './use-day-words'
import { weekOf } from './week'
import { DayHead, DaysOver, ResourceHead } from './week-heads'

type WeekProps = Omit<BoardOptions<Week>, 'frameOf' | 'shows'> & { of?: string; title: string; children?: ReactNode }

/** Days as columns; of all, each day's resources as narrow ones. */
export function WeekBoard({ children, of, title, ...options }: WeekProps) {
  const t = useTranslations('schedule')
  const { timezone: zone } = useWriting()
  const words = useDayWords()
  const { by, resources, said } = options
  const frameOf = useCallback(
    (week: Week, now: number) => weekOf(week, { by, of, resources, zone, now }),
    [by, of, resources, zone],
  )
  const board = useBoard({ ...options, frameOf, shows: on => said.days.some(day => day.date === on) })
  const { frame, set } = board
  const whose = (by === 'provider' ? resources.providers : resources.operatories).filter(one => one.active || one.id === of)
  const choice = (
    <Field
      label={t('weekOf')}
      labelHidden
      className="w-44 max-sm:w-full [&_select]:h-control"
      value={of ?? 'all'}
      choices={[
        ...whose.map((one): [string, string] => [one.id, one.name]),
        ['all', t(by === 'provider' ? 'everyone' : 'everywhere')],
      ]}
      onChange={event => set({ of: event.target.value, visit: undefined })}
    />
  )
  const open = (date: string) => set({ view: undefined, date, visit: undefined })
  const holidayOn = (date: string) => said.days.find(day => day.date === date)?.holiday ?? undefined
  const nameOf = (id?: string) => whose.find(one => one.id === id)?.name ?? '–'
  return (
    <BoardFrame board={board} title={title} stride={7} above={children} choice={choice}>
      {options.search.view === 'agenda' ? (
        <Agenda
          items={frame.items}
          whereOf={board.whereOf}
          date={title}
          days={said.days.map(({ date, holiday, open }) => ({
            date,
            title: words.full(parseDate(date)),
            about: holiday ?? (open.length ? undefined : t('closedDay')),
          }))}
          dayOf={item => frame.tracks[item.column]?.date ?? ''}
          selected={board.chosen?.id}
          onSelect={item => set({ visit: item.id === board.chosen?.id ? undefined : item.id })}
          onBook={board.mayBook ? () => board.book() : undefined}
        />
      ) : (
        <BoardGrid
          board={board}
          title={title}
          over={!of && <DaysOver frame={frame} holidayOn={holidayOn} onOpen={open} />}
          renderHead={index =>
            of ? (
              <DayHead frame={frame} index={index} holiday={holidayOn(frame.tracks[index]?.date ?? '')} onOpen={open} />
            ) : (
              <ResourceHead name={nameOf(frame.tracks[index]?.id)} isNarrow={!!frame.dense || !!frame.columns[index]?.narrow} />
            )
          }
        />
      )}
    </BoardFrame>
  )
}
