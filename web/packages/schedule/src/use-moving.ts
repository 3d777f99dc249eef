import { type PointerEvent, type RefObject, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { type Arrow, type Day, fit, type Item, lasting, type Place, STEP } from './day'
import { drag, type Grip } from './dragging'
import { measure } from './geometry'

/** `grip`: whether its place changes or where it ends. */
export type Moving<I extends Item = Item> = { item: I; place: Place; by: 'keys' | 'pointer'; grip: Grip }

const same = (a: Place, b: Place) => a.column === b.column && a.start === b.start && a.length === b.length

type Options<I extends Item> = {
  day: Day<I>
  body: RefObject<HTMLElement | null>
  scroller: RefObject<HTMLElement | null>
  /** The visit as it was when it was taken up: whoever changed it meanwhile was first. */
  onPlace: (item: I, place: Place) => void
  onPreview: (item: I, place: Place) => void
  /** Written beside a visit that is dragged. */
  say: (place: Place) => string
  mayMove?: (item: I) => boolean
}

/** Move mode. Keys, clicks and dragging are three ways to change one `place`; nothing is written before it is put down. */
export function useMoving<I extends Item>({ day, body, scroller, onPlace, onPreview, say, mayMove = () => true }: Options<I>) {
  const [moving, set] = useState<Moving<I> | null>(null)
  const latest = useRef({ day, onPlace, say })
  latest.current = { day, onPlace, say }

  function preview(next: Moving<I>) {
    set(next)
    if (!moving || !same(moving.place, next.place)) onPreview(next.item, next.place)
  }

  function put(done = moving) {
    set(null)
    if (done && !same(done.place, done.item)) onPlace(done.item, done.place)
  }

  function under(event: { clientX: number; clientY: number }) {
    return body.current ? measure(body.current, day).under(event) : { column: 0, minute: 0 }
  }

  function placeUnder(event: { clientX: number; clientY: number }, { place, grip }: Moving<I>) {
    const { column, minute } = under(event)
    return grip === 'resize' ? lasting(place, minute - place.start, day) : fit({ ...place, column, start: minute - STEP }, day)
  }

  function grab({ currentTarget, nativeEvent: event }: PointerEvent<HTMLElement>, item: I, grip: Grip) {
    const element = currentTarget.closest<HTMLElement>('.day-item')
    if (event.button !== 0 || moving || !mayMove(item) || !element || !body.current || !scroller.current) return
    drag({
      ...{ event, item, grip, element },
      body: body.current,
      scroller: scroller.current,
      day: () => latest.current.day,
      say: place => latest.current.say(place),
      onLift: () => flushSync(() => set({ item, place: item, by: 'pointer', grip })),
      // It stands in its new place before the browser draws again.
      onEnd: place =>
        flushSync(() => {
          set(null)
          if (place) latest.current.onPlace(item, place)
        }),
    })
  }

  return {
    moving,
    grab,
    put,
    begin: (item: I, grip: Grip = 'move') => preview({ item, place: item, by: 'keys', grip }),
    cancel: () => set(null),
    arrow({ dx, dy }: Arrow, resize: boolean) {
      if (!moving) return
      const { place, grip } = moving
      const { column, start, length } = place
      if (resize || grip === 'resize') preview({ ...moving, place: lasting(place, length + (dy || dx) * STEP, day) })
      else preview({ ...moving, place: fit({ column: column + dx, start: start + dy * STEP, length }, day) })
    },
    /** By so many minutes longer, or shorter. */
    stretch(minutes: number) {
      if (moving) preview({ ...moving, place: lasting(moving.place, moving.place.length + minutes, day) })
    },
    hover(event: { clientX: number; clientY: number }) {
      if (moving?.by !== 'keys') return
      const place = placeUnder(event, moving)
      if (!same(place, moving.place)) preview({ ...moving, place })
    },
    /** Where it was clicked: a finger has not hovered there before. */
    putUnder(event: { clientX: number; clientY: number }) {
      if (moving) put({ ...moving, place: placeUnder(event, moving) })
    },
    under,
  }
}
