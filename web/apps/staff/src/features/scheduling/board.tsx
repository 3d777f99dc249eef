import { parseDate } from '@internationalized/date'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useMay } from '@/lib/clinic'
import { BookingBar, MovingBar } from './board-bars'
import { BoardDialogs } from './board-dialogs'
import { BoardSide } from './board-side'
import { CarryingBar } from './carrying'
import { Toolbar } from './toolbar'
import type { Board } from './use-board'
import { useBoardCommands } from './use-board-commands'

type FrameProps = {
  board: Board
  /** The days in words. */
  title: string
  /** How many days on is one step. */
  stride?: number
  /** Between the toolbar and the day. */
  above?: ReactNode
  /** In the toolbar, what else the view lets one choose. */
  choice?: ReactNode
  children: ReactNode
}

/** Around every view of the schedule: what is chosen, how it is moved, and what is asked before it is written. */
export function BoardFrame({ board, title, stride = 1, above, choice, children }: FrameProps) {
  const t = useTranslations('schedule')
  const { date, by, search, carrying, moving, wanted, mayBook, set } = board
  const { view = 'day' } = search
  const maySeeWhoWaits = useMay('recalls.read')
  useBoardCommands({
    ...{
      date,
      stride,
      chosen: board.chosen,
      verbs: board.verbs,
      set,
      openPatient: board.openPatient,
      printSlip: board.printSlip,
    },
    book: mayBook ? board.book : undefined,
    find: mayBook ? board.find : undefined,
    block: mayBook ? board.blockTime : undefined,
    openGroup: mayBook ? board.openGroup : undefined,
    fill: mayBook && maySeeWhoWaits ? board.fill : undefined,
    views: board.views,
    put: carrying && board.put,
  })
  return (
    <div className="relative flex h-full min-h-0 flex-col">
      <title>{`${title} · ${t('title')}`}</title>
      <Toolbar
        {...{ date: parseDate(date), title, stride, view, by, choice }}
        count={board.frame.items.reduce((many, item) => many + (item.seats?.length ?? 1), 0)}
        onDate={next => set({ date: next, visit: undefined })}
        span={view === 'agenda' ? (search.span ?? 'day') : undefined}
        onSpan={next => set({ span: next === 'week' ? next : undefined, visit: undefined })}
        onView={next => set({ view: next === 'day' ? undefined : next })}
        onBy={next => set({ by: next as typeof by, of: undefined, columns: undefined, visit: undefined })}
        onBook={mayBook ? () => board.book() : undefined}
        onFind={mayBook ? board.find : undefined}
        onViews={board.views}
        isPart={!!search.columns}
      />
      {above}
      {wanted && <BookingBar patient={wanted} onLeave={() => set({ patient: undefined, service: undefined })} />}
      <MovingBar moving={moving} spot={board.spot} />
      {carrying && !moving.moving && (
        <CarryingBar
          name={carrying.patient.name}
          isFull={board.isFull}
          minutes={carrying.duration_minutes}
          onPut={() => board.put()}
          onLeave={() => set({ carry: undefined })}
        />
      )}
      <div className="flex min-h-0 flex-1">
        <section
          ref={board.scroller}
          tabIndex={view === 'agenda' ? 0 : undefined}
          aria-label={title}
          className="relative min-w-0 flex-1 overflow-auto"
        >
          {children}
        </section>
        <BoardSide board={board} />
      </div>
      <BoardDialogs
        open={board.open}
        onClose={() => board.setOpen(undefined)}
        patient={wanted}
        carrying={carrying}
        onMoved={id => set({ carry: undefined, visit: id })}
        onVisit={(visit, day) => set({ date: day, visit })}
        onFound={board.setOpen}
        search={search}
        onLook={set}
        onCarry={id => set({ carry: id, visit: undefined })}
        date={date}
        reason={search.service}
        schedule={board.known}
        day={board.frame}
        sessions={board.sessions}
        {...{ by, resources: board.bookable, writes: board.writes, timeAt: board.timeAt, completing: board.completing }}
      />
    </div>
  )
}
