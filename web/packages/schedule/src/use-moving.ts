import { type PointerEvent, type RefObject, useState } from 'react'
import { type Arrow, type Day, fit, type Item, type Place, STEP } from './day'

export type Moving = { item: Item; place: Place; by: 'keys' | 'pointer' }
type Grip = 'move' | 'resize'

const THRESHOLD = 4
const same = (a: Place, b: Place) => a.column === b.column && a.start === b.start && a.length === b.length

type Options = {
  day: Day
  body: RefObject<HTMLElement | null>
  onPlace: (id: string, place: Place) => void
  onPreview: (item: Item, place: Place) => void
  mayMove?: (item: Item) => boolean
}

/** Move mode. Keys, clicks and dragging are three ways to change one `place`; nothing is written before it is put down. */
export function useMoving({ day, body, onPlace, onPreview, mayMove = () => true }: Options) {
  const [moving, set] = useState<Moving | null>(null)

  function preview(next: Moving) {
    set(next)
    if (!moving || !same(moving.place, next.place)) onPreview(next.item, next.place)
  }

  function put(done = moving) {
    set(null)
    if (done && !same(done.place, done.item)) onPlace(done.item.id, done.place)
  }

  /** The place under the pointer. Columns keep their logical order, so right-to-left counts from the other side. */
  function under(event: { clientX: number; clientY: number }) {
    const box = body.current?.getBoundingClientRect()
    if (!box) return { column: 0, minute: 0 }
    const rtl = getComputedStyle(body.current as HTMLElement).direction === 'rtl'
    const across = rtl ? box.right - event.clientX : event.clientX - box.left
    return {
      column: Math.floor((across / box.width) * day.columns.length),
      minute: ((event.clientY - box.top) / box.height) * day.minutes,
    }
  }

  function placeUnder(event: { clientX: number; clientY: number }, length: number) {
    const { column, minute } = under(event)
    return fit({ column, start: minute - 5, length }, day)
  }

  function grab(event: PointerEvent<HTMLElement>, item: Item, grip: Grip) {
    // A finger on a visit wants to scroll the day: it moves by two taps instead.
    if (event.button !== 0 || event.pointerType === 'touch' || moving || !mayMove(item)) return
    const handle = event.currentTarget
    const from = under(event)
    let last: Moving | null = null
    const drag = (next: globalThis.PointerEvent) => {
      if (!last && Math.hypot(next.clientX - event.clientX, next.clientY - event.clientY) < THRESHOLD) return
      const at = under(next)
      const by = at.minute - from.minute
      const wish =
        grip === 'resize' ? { ...item, length: item.length + by } : { ...item, column: at.column, start: item.start + by }
      last = { item, place: fit(wish, day), by: 'pointer' }
      preview(last)
    }
    const end = (next: globalThis.Event) => {
      handle.removeEventListener('pointermove', drag)
      if (last) put(next.type === 'pointerup' ? last : { ...last, place: item })
    }
    handle.setPointerCapture(event.pointerId)
    handle.addEventListener('pointermove', drag)
    handle.addEventListener('pointerup', end, { once: true })
    handle.addEventListener('pointercancel', end, { once: true })
  }

  return {
    moving,
    grab,
    put,
    begin: (item: Item) => preview({ item, place: item, by: 'keys' }),
    cancel: () => set(null),
    arrow({ dx, dy }: Arrow, resize: boolean) {
      if (!moving) return
      const { column, start, length } = moving.place
      const wish = resize
        ? { column, start, length: length + dy * STEP }
        : { column: column + dx, start: start + dy * STEP, length }
      preview({ ...moving, place: fit(wish, day) })
    },
    hover(event: { clientX: number; clientY: number }) {
      if (moving?.by !== 'keys') return
      const place = placeUnder(event, moving.place.length)
      if (!same(place, moving.place)) preview({ ...moving, place })
    },
    /** Where it was clicked: a finger has not hovered there before. */
    putUnder(event: { clientX: number; clientY: number }) {
      if (moving) put({ ...moving, place: placeUnder(event, moving.place.length) })
    },
    under,
  }
}
