import {
  type CSSProperties,
  type MouseEvent,
  memo,
  type KeyboardEvent as Pressed,
  type ReactNode,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
} from 'react'
import { closedTimes, type Day, freeAt, type Item, keptFree, lanesOf, type Place, step } from './day'
import type { useMoving } from './use-moving'

export type GridProps<I extends Item> = {
  day: Day<I>
  /** A free time, or the very visit it stands on: where visits overlap a time alone does not say which. */
  cursor: Place | I
  selected?: string
  refused?: string // shakes: the server would not have it there
  moving: ReturnType<typeof useMoving>
  body: RefObject<HTMLDivElement | null>
  onCursor: (place: Place, item?: I) => void
  onOpen: (place: Place, item?: I) => void
  renderItem: (item: I, place: Place) => ReactNode
  renderHead: (index: number) => ReactNode
  timeAt: (minute: number) => string
  /** As short as the scale at the side wants it. */
  hourAt: (minute: number) => string
  words: { day: string; how: string; free: (place: Place) => string }
}

const ARROWS: Record<string, [-1 | 0 | 1, -1 | 0 | 1]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}
/** On the rows of five minutes; what begins or ends between two of them takes both. */
const at = ({ column, start, length }: Place): CSSProperties => ({
  gridColumn: column + 1,
  gridRow: `${Math.floor(start / 5) + 1} / ${Math.ceil((start + length) / 5) + 1}`,
})

/** One flat list on one CSS grid: a moved visit keeps its element, and with it the focus and the pointer. */
export function Grid<I extends Item>(props: GridProps<I>) {
  const { day, cursor, moving: mode, words, body } = props
  const lanes = useMemo(() => lanesOf(day.items), [day.items])
  const { moving } = mode
  const here = 'id' in cursor ? day.items.find(item => item.id === cursor.id) : undefined
  const wantsFocus = useRef(false)
  const tabbed = useTabbed()
  const lifted = moving?.by === 'keys' ? moving.place : undefined
  useEffect(() => {
    if (lifted) body.current?.querySelector('[data-lifted]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [lifted, body])

  // With the focus nowhere the arrows are meant for the day.
  useEffect(() => {
    const take = (event: KeyboardEvent) => {
      if (!ARROWS[event.key] || event.ctrlKey || event.altKey || event.metaKey) return
      if (document.activeElement !== document.body) return
      event.preventDefault()
      body.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
    }
    addEventListener('keydown', take)
    return () => removeEventListener('keydown', take)
  }, [body])

  function keyed(event: Pressed<HTMLElement>) {
    const found = ARROWS[event.key]
    if (found && !event.ctrlKey && !event.altKey) {
      event.preventDefault()
      const mirrored = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1
      const arrow = { dx: (found[0] * mirrored) as -1 | 0 | 1, dy: found[1] }
      if (moving) return mode.arrow(arrow, event.shiftKey)
      const next = step(day, cursor, arrow)
      wantsFocus.current = true
      return props.onCursor(next, 'id' in next ? next : undefined)
    }
    if (moving && (event.key === 'Enter' || event.key === 'Escape')) {
      event.preventDefault()
      event.key === 'Enter' ? mode.put() : mode.cancel()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      props.onOpen(cursor, here)
    }
  }

  /** The free time that was clicked. The second click of two is not meant for the day: the first has closed a dialog over it. */
  function openUnder(event: MouseEvent) {
    if (event.detail > 1) return
    const { column, minute } = mode.under(event)
    const free = freeAt(day, column, minute)
    if (!free) return
    props.onCursor(free)
    props.onOpen(free)
  }

  const focusable = (isHere: boolean) => ({
    tabIndex: isHere ? 0 : -1,
    ref: (element: HTMLElement | null) => {
      if (!element || !isHere || !wantsFocus.current) return
      wantsFocus.current = false
      element.focus({ preventScroll: false })
    },
  })

  return (
    <div className="day" style={{ '--columns': day.columns.length, '--rows': day.minutes / 5 } as CSSProperties}>
      <div className="day-heads">
        {day.columns.map((column, index) => (
          <div key={column.id} className="day-head">
            {props.renderHead(index)}
          </div>
        ))}
      </div>
      <Hours minutes={day.minutes} now={day.now} hourAt={props.hourAt} />
      <div
        ref={body}
        role="application"
        aria-label={words.day}
        aria-description={words.how}
        className="day-body"
        data-moving={moving?.by}
        onKeyDown={keyed}
        onPointerMove={mode.hover}
        onClick={event => {
          if (moving?.by === 'keys') return event.detail > 0 ? mode.putUnder(event) : mode.put()
          if (event.target === event.currentTarget) openUnder(event)
        }}
      >
        <Closed day={day} />
        {keptFree(day.items, day.minutes).map(place => (
          <div key={place.id} aria-hidden className="day-kept" style={at(place)} />
        ))}
        {!here && (
          <button
            type="button"
            className="day-free"
            style={at(cursor)}
            aria-label={words.free(cursor)}
            onClick={event => (event.detail > 0 && !moving ? openUnder(event) : props.onOpen(cursor))}
            {...focusable(true)}
          >
            <bdi aria-hidden dir="ltr">
              {props.timeAt(cursor.start)}
            </bdi>
          </button>
        )}
        {day.items.map(item => {
          const place = moving?.item.id === item.id ? moving.place : item
          const { lane, lanes: width } = (moving?.item.id !== item.id && lanes.get(item.id)) || { lane: 0, lanes: 1 }
          const isHere = here?.id === item.id
          return (
            // biome-ignore lint/a11y/useSemanticElements: a <button> may not hold the resize handle
            // biome-ignore lint/a11y/useFocusableInteractive: tabIndex comes with focusable()
            <div
              key={item.id}
              role="button"
              className="day-item"
              aria-pressed={props.selected === item.id}
              data-lifted={moving?.item.id === item.id || undefined}
              data-refused={props.refused === item.id || undefined}
              style={{ ...at(place), '--lane': lane, '--lanes': width } as CSSProperties}
              onClick={() => moving || props.onCursor(item, item)}
              onFocus={() => tabbed.current && !moving && props.selected !== item.id && props.onCursor(item, item)}
              onKeyDown={event => {
                if (event.key !== ' ') return
                event.preventDefault()
                props.onOpen(item, item)
              }}
              onPointerDown={event => mode.grab(event, item, 'move')}
              {...focusable(isHere)}
            >
              {props.renderItem(item, place)}
              <span
                aria-hidden
                className="day-edge"
                onPointerDown={event => {
                  event.stopPropagation()
                  mode.grab(event, item, 'resize')
                }}
              />
            </div>
          )
        })}
        {moving && <div aria-hidden className="day-origin" style={at(moving.item)} />}
        {day.now !== undefined && (
          <div aria-hidden className="day-now" style={{ top: `${(day.now / day.minutes) * 100}%` }}>
            <span>
              <bdi dir="ltr">{props.timeAt(day.now)}</bdi>
            </span>
          </div>
        )}
      </div>
    </div>
  )
}

/** Whether Tab was pressed last. Only then may the focus choose: the focus that code gives back somewhere is nobody's choice. */
function useTabbed() {
  const tabbed = useRef(false)
  useEffect(() => {
    const note = (event: Event) => {
      tabbed.current = event instanceof KeyboardEvent && event.key === 'Tab'
    }
    const options = { capture: true }
    addEventListener('keydown', note, options)
    addEventListener('pointerdown', note, options)
    return () => {
      removeEventListener('keydown', note, options)
      removeEventListener('pointerdown', note, options)
    }
  }, [])
  return tabbed
}

const Hours = memo(function Hours({
  minutes,
  now,
  hourAt,
}: {
  minutes: number
  now?: number
  hourAt: (minute: number) => string
}) {
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

const Closed = memo(function Closed({ day }: { day: Day }) {
  return day.columns.map((column, index) =>
    closedTimes(column, day.minutes).map(([from, to]) => (
      <div
        key={`${column.id}-${from}`}
        aria-hidden
        className="day-closed"
        style={at({ column: index, start: from, length: to - from })}
      />
    )),
  )
})
