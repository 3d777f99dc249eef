import { Grid } from '@chairside/schedule'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { usePreferences } from '@/lib/preferences'
import { useNow } from '@/lib/screen'
import { ColumnHead } from './column-head'
import { takenOf } from './groups/blocks'
import { HoverCard } from './hover-card'
import { lastingOf } from './lasting'
import type { Visit } from './model'
import { useStatusWord } from './status'
import type { Board } from './use-board'
import { VisitCard } from './visit-card'

type Props = {
  board: Board
  title: string
  /** Where columns are not the resources of one day. */
  renderHead?: (index: number) => ReactNode
  over?: ReactNode
}

/** What is drawn, as a grid. */
export function BoardGrid({ board, title, renderHead, over }: Props) {
  const t = useTranslations('schedule')
  const writing = useWriting()
  const compact = usePreferences().density === 'compact'
  const { frame, spot, timeAt, waiting } = board
  const word = useStatusWord()
  const now = useNow()
  const seatsOf = ({ session, seats }: Visit) =>
    session && t('group.seatsOf', { taken: takenOf(seats?.map(seat => seat.visit)), capacity: session.capacity })
  /** Of the first column that has this hour. */
  const scale = (minute: number) => {
    const column = frame.columns.findIndex(({ missing = [] }) => !missing.some(([from, to]) => from <= minute && minute < to))
    return writing.hour(frame.instantAt(Math.max(0, column), minute))
  }
  return (
    <>
      <Grid
        day={frame}
        cursor={board.cursor}
        selected={board.block?.id}
        refused={board.writes.refused}
        moving={board.moving}
        body={board.body}
        timeAt={timeAt}
        hourAt={scale}
        onCursor={board.goTo}
        onOpen={board.act}
        renderItem={(item, place, lanes) => (
          <VisitCard
            item={item}
            place={place}
            range={spot(place).time}
            column={spot(place).column}
            word={seatsOf(item) ?? word(item.status)}
            saving={waiting.some(one => one.thing === item.id)}
            compact={compact}
            dense={frame.dense || lanes > 2}
            lasting={lastingOf(item.visit, now)}
          />
        )}
        renderHead={renderHead ?? (index => <ColumnHead day={frame} index={index} />)}
        over={over}
        words={{
          day: t('day', { date: title }),
          how: t('how'),
          // Begins with what stands there.
          free: place => t('free', { ...spot(place), time: timeAt(place), minutes: place.length }),
        }}
      />
      {!board.moving.moving && <HoverCard body={board.body} items={frame.items} whereOf={board.whereOf} />}
    </>
  )
}
