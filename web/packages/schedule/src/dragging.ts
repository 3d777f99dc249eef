import { type Day, fit, type Item, lasting, type Place } from './day'
import { measure } from './geometry'

export type Grip = 'move' | 'resize'

const THRESHOLD = 4 // pixels a mouse may tremble
const HOLD = 350 // milliseconds after which a finger means the visit, not the page
const EDGE = 56 // pixels from the edge at which the day begins to scroll
const FASTEST = 14 // pixels a frame

const same = (a: Place, b: Place) => a.column === b.column && a.start === b.start && a.length === b.length

type Options = {
  event: PointerEvent
  item: Item
  grip: Grip
  /** What is dragged: the visit's own element, which keeps the pointer and the focus. */
  element: HTMLElement
  body: HTMLElement
  scroller: HTMLElement
  day: () => Day
  /** The time to write beside it while it is on its way. */
  say: (place: Place) => string
  onLift: () => void
  /** Where it was let go; nothing when it goes back. */
  onEnd: (place?: Place) => void
}

/**
 * One drag, from the press to the release. While it lasts only the transform of one element changes, once a frame at most:
 * nothing is drawn anew and nothing else is laid out. What others change meanwhile goes on around it.
 */
export function drag({ event, item, grip, element, body, scroller, day, say, onLift, onEnd }: Options) {
  const isTouch = event.pointerType === 'touch'
  let [at, place, isLifted, frame]: [PointerEvent, Place, boolean, number] = [event, item, false, 0]
  let grid = measure(body, day())
  const from = grid.under(event)
  const hold = isTouch ? setTimeout(() => lift(), HOLD) : 0

  function lift() {
    isLifted = true
    grid = measure(body, day())
    onLift()
    element.setPointerCapture(event.pointerId)
    if (isTouch) navigator.vibrate?.(12)
    frame = requestAnimationFrame(follow)
  }

  function moved(next: PointerEvent) {
    at = next
    const far = Math.hypot(at.clientX - event.clientX, at.clientY - event.clientY)
    if (isLifted || far < THRESHOLD) return
    // A finger that moves at once wants to scroll.
    if (isTouch) return far > THRESHOLD * 2 ? end() : undefined
    lift()
  }

  function follow() {
    frame = requestAnimationFrame(follow)
    scroll()
    const under = grid.under(at, body.getBoundingClientRect())
    const by = under.minute - from.minute
    const next =
      grip === 'resize'
        ? lasting(item, item.length + by, day())
        : fit({ ...item, column: under.column, start: item.start + by }, day())
    if (same(next, place) && element.dataset.when) return
    place = next
    show(next)
  }

  function show(next: Place) {
    const [x, y] = grid.between(item, next)
    if (grip === 'move') element.style.transform = `translate(${x}px, ${y}px)`
    if (grip === 'move' && grid.widthOf(next.column) !== grid.widthOf(item.column))
      element.style.width = `${grid.widthOf(next.column) - 8}px`
    else element.style.removeProperty('width')
    if (grip === 'resize') element.style.height = `${next.length * grid.perMinute - 2}px`
    element.dataset.when = say(next)
  }

  /** Near an edge the day goes on under the pointer: the nearer, the faster. */
  function scroll() {
    const box = scroller.getBoundingClientRect()
    const top = box.top + (scroller.querySelector('.day-heads')?.clientHeight ?? 0)
    const push = (before: number, after: number) =>
      before < EDGE ? -speed(EDGE - before) : after < EDGE ? speed(EDGE - after) : 0
    const [x, y] = [push(at.clientX - box.left, box.right - at.clientX), push(at.clientY - top, box.bottom - at.clientY)]
    if (x || y) scroller.scrollBy(grip === 'move' ? x : 0, y)
  }
  const speed = (depth: number) => Math.min(FASTEST, 1 + (Math.max(0, depth) / EDGE) * FASTEST)

  function end(to?: Place) {
    clearTimeout(hold)
    cancelAnimationFrame(frame)
    for (const [name, heard] of heards) removeEventListener(name, heard, true)
    body.removeEventListener('touchmove', still)
    if (!isLifted) return
    // The release is also a click, on whatever it happens over.
    addEventListener('click', unheard, true)
    setTimeout(() => removeEventListener('click', unheard, true))
    onEnd(to && !same(to, item) ? to : undefined)
    for (const name of ['transform', 'width', 'height']) element.style.removeProperty(name)
    delete element.dataset.when
  }

  const own = (act: (next: PointerEvent) => void) => (next: Event) => {
    if ((next as PointerEvent).pointerId === event.pointerId) act(next as PointerEvent)
  }
  const heards: [string, (event: Event) => void][] = [
    ['pointermove', own(moved)],
    ['pointerup', own(() => end(isLifted ? place : undefined))],
    ['pointercancel', own(() => end())],
    ['blur', ({ target }) => target === window && end()],
    ['contextmenu', event => isTouch && event.preventDefault()],
    [
      'keydown',
      pressed => {
        if (!isLifted) return
        // Until it is let go no key means anything else.
        pressed.preventDefault()
        pressed.stopPropagation()
        if ((pressed as KeyboardEvent).key === 'Escape') end()
      },
    ],
  ]
  for (const [name, heard] of heards) addEventListener(name, heard, true)
  const still = (touch: Event) => isLifted && touch.cancelable && touch.preventDefault()
  body.addEventListener('touchmove', still, { passive: false })
}

function unheard(click: Event) {
  click.preventDefault()
  click.stopPropagation()
}
