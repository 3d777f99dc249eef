import { type CSSProperties, memo } from 'react'
import { closedTimes, type Day, keptFree, type Place } from './day'

/** On the rows of five minutes; what begins or ends between two of them takes both. */
export const at = ({ column, start, length }: Place): CSSProperties => ({
  gridColumn: column + 1,
  gridRow: `${Math.floor(start / 5) + 1} / ${Math.ceil((start + length) / 5) + 1}`,
})

type HoursProps = { minutes: number; now?: number; hourAt: (minute: number) => string }

export const Hours = memo(function Hours({ minutes, now, hourAt }: HoursProps) {
  const hidden = (minute: number) => now !== undefined && Math.abs(minute - now) < 12
  return (
    <div aria-hidden className="day-hours">
      {Array.from({ length: Math.floor(minutes / 60) }, (_, hour) => hour * 60).map(minute => (
        <span key={minute} hidden={hidden(minute)} style={{ top: `${(minute / minutes) * 100}%` }}>
          <bdi dir="ltr">{hourAt(minute)}</bdi>
        </span>
      ))}
    </div>
  )
})

/** Behind the visits: the columns, when they are closed, and what else cannot be had. */
export const Backdrop = memo(function Backdrop({ day }: { day: Day }) {
  const all: Place = { column: 0, start: 0, length: day.minutes }
  const bands = (kind: string, index: number, spans: [number, number][] = []) =>
    spans.map(([from, to]) => (
      <div
        key={`${kind}-${index}-${from}`}
        aria-hidden
        className={`day-${kind}`}
        style={at({ column: index, start: from, length: to - from })}
      />
    ))
  return (
    <>
      {day.columns.map((column, index) => (
        <div
          key={column.id}
          aria-hidden
          className="day-column"
          data-first={column.begins || undefined}
          style={at({ ...all, column: index })}
        />
      ))}
      {day.columns.map((column, index) => [
        bands('closed', index, closedTimes(column, day.minutes)),
        bands('taken', index, column.taken),
        bands('missing', index, column.missing),
        column.blocked?.map(({ from, to, label }) => (
          <div
            key={`blocked-${index}-${from}-${label}`}
            className="day-taken day-blocked"
            style={at({ column: index, start: from, length: to - from })}
          >
            <span dir="auto">{label}</span>
          </div>
        )),
      ])}
      {keptFree(day.items, day.minutes).map(place => (
        <div key={place.id} aria-hidden className="day-kept" style={at(place)} />
      ))}
    </>
  )
})

type NowProps = { day: Day; time: string }

/** The line of now: over the day, or where its own columns are. */
export function Now({ day: { now, minutes, today }, time }: NowProps) {
  if (now === undefined) return null
  const top = `${(now / minutes) * 100}%`
  return (
    <>
      <div aria-hidden className="day-now" data-faint={!!today || undefined} style={{ top }}>
        <span>
          <bdi dir="ltr">{time}</bdi>
        </span>
      </div>
      {today && (
        <div aria-hidden className="day-today" style={{ gridColumn: `${today[0] + 1} / ${today[1] + 1}`, gridRow: '1 / -1' }}>
          <div className="day-now" style={{ top }} />
        </div>
      )}
    </>
  )
}
