import {
  type CSSProperties,
  type MouseEvent,
  type KeyboardEvent as Pressed,
  type ReactNode,
  type RefObject,
  useEffect,
  useMemo,
  useRef,
} from 'react'
import { at, Backdrop, Hours, Now } from './backdrop'
import { type Day, freeAt, type Item, lanesOf, type Place, step } from './day'
import type { useMoving } from './use-moving'
import { useTabbed } from './use-tabbed'

export type GridProps<I extends Item> = {
  day: Day<I>
  /** A free time, or the very visit it stands on: where visits overlap a time alone does not say which. */
  cursor: Place | I
  selected?: string
  refused?: string // shakes: the server would not have it there
  moving: ReturnType<typeof useMoving<I>>
  body: RefObject<HTMLDivElement | null>
  onCursor: (place: Place, item?: I) => void
  onOpen: (place: Place, item?: I) => void
  /** `lanes`: how many share the width of the column there. */
  renderItem: (item: I, place: Place, lanes: number) => ReactNode
  renderHead: (index: number) => ReactNode
  /** Over the heads, where several columns belong together. */
  over?: ReactNode
  timeAt: (place: Place) => string
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

const FREE = 'free'

/** One flat list on one CSS grid: a moved visit keeps its element, and with it the focus and the pointer. */
export function Grid<I extends Item>(props: GridProps<I>) {
  const { day, cursor, moving: mode, words, body } = props
  const lanes = useMemo(() => lanesOf(day.items), [day.items])
  const { moving } = mode
  const here = 'id' in cursor ? day.items.find(item => item.id === cursor.id) : undefined
  /** Where the arrow went: what stands there may only be drawn once the address has followed. */
  const wantsFocus = useRef<string>(undefined)
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
      wantsFocus.current = 'id' in next ? next.id : FREE
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

  const focusable = (isHere: boolean, name = FREE) => ({
    tabIndex: isHere ? 0 : -1,
    ref: (element: HTMLElement | null) => {
      if (!element || !isHere || wantsFocus.current !== name) return
      wantsFocus.current = undefined
      element.focus({ preventScroll: false })
    },
  })
  // Whoever took the visit away meanwhile has not taken it out of the hand.
  const held = moving && !day.items.some(item => item.id === moving.item.id) ? [moving.item] : []
  const tracks = day.columns.map(({ narrow }) => (narrow ? 'var(--narrow)' : 'minmax(var(--least), 1fr)')).join(' ')

  const slim = day.columns.filter(({ narrow }) => narrow).length
  const shape = { '--tracks': tracks, '--rows': day.minutes / 5, '--wide': day.columns.length - slim, '--slim': slim }

  return (
    <div className="day" data-dense={day.dense || undefined} data-days={day.inTime || undefined} style={shape as CSSProperties}>
      <div className="day-heads">
        {props.over}
        {day.columns.map((column, index) => (
          <div key={column.id} className="day-head" data-first={column.begins || undefined}>
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
        data-grip={moving?.grip}
        onKeyDown={keyed}
        onPointerMove={mode.hover}
        onClick={event => {
          if (moving?.by === 'keys') return event.detail > 0 ? mode.putUnder(event) : mode.put()
          if (event.target === event.currentTarget) openUnder(event)
        }}
      >
        <Backdrop day={day} />
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
              {props.timeAt(cursor)}
            </bdi>
          </button>
        )}
        {[...day.items, ...held].map(item => {
          const isLifted = moving?.item.id === item.id
          // A dragged one is carried from where it was taken up, wherever others put it meanwhile.
          const place = isLifted ? (moving.by === 'keys' ? moving.place : moving.item) : item
          const { lane, lanes: width } = (!isLifted && lanes.get(item.id)) || { lane: 0, lanes: 1 }
          const isHere = here?.id === item.id
          return (
            // biome-ignore lint/a11y/useSemanticElements: a <button> may not hold the resize handle
            // biome-ignore lint/a11y/useFocusableInteractive: tabIndex comes with focusable()
            <div
              key={item.id}
              role="button"
              className="day-item"
              aria-pressed={props.selected === item.id}
              data-item={item.id}
              data-lifted={isLifted || undefined}
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
              {...focusable(isHere, item.id)}
            >
              {props.renderItem(item, place, width)}
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
        <Now
          day={day}
          time={day.now === undefined ? '' : props.timeAt({ column: day.today?.[0] ?? 0, start: day.now, length: 0 })}
        />
      </div>
    </div>
  )
}
