import type { Schedule } from '@chairside/api'
import { Banner } from '@chairside/ui'
import { parseDate } from '@internationalized/date'
import { type ReactNode, useCallback } from 'react'
import { useTranslations } from 'use-intl'
import { Agenda } from './agenda'
import { BoardFrame } from './board'
import { BoardGrid } from './board-grid'
import { dayOf } from './model'
import { type BoardOptions, useBoard } from './use-board'
import { useDayWords } from './use-day-words'

type DayProps = Omit<BoardOptions<Schedule>, 'frameOf' | 'shows'> & { children: ReactNode }

/** One day: the grid or the agenda, the chosen visit beside it, and everything that can be done with either. */
export function DayBoard({ children, ...options }: DayProps) {
  const t = useTranslations('schedule')
  const { by, resources, said, date } = options
  const { columns } = options.search
  const elsewhere = t('elsewhere')
  const frameOf = useCallback(
    (known: Schedule, now: number) => dayOf(known, resources, by, now, { only: columns, elsewhere }),
    [resources, by, columns, elsewhere],
  )
  const board = useBoard({ ...options, frameOf, shows: on => on === date })
  const { chosen, mayBook, set } = board
  const title = useDayWords().full(parseDate(date))
  const above = (
    <>
      {children}
      {said.holiday && <Banner tone="info" title={t('holiday', { name: said.holiday })} className="rounded-none border-b" />}
    </>
  )
  return (
    <BoardFrame board={board} title={title} above={above}>
      {options.search.view === 'agenda' ? (
        <Agenda
          items={board.frame.items}
          whereOf={board.whereOf}
          date={title}
          selected={chosen?.id}
          onSelect={item => set({ visit: item.id === chosen?.id ? undefined : item.id })}
          onBook={mayBook ? () => board.book() : undefined}
        />
      ) : (
        <BoardGrid board={board} title={title} />
      )}
    </BoardFrame>
  )
}
