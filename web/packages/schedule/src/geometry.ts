import type { Day, Place } from './day'

type Point = { clientX: number; clientY: number }

/**
 * Where the columns and minutes of a drawn day are on the screen, read once. Columns keep their logical order, so
 * right-to-left counts from the other side; they need not be equally wide.
 */
export function measure(body: HTMLElement, day: Day) {
  const box = body.getBoundingClientRect()
  const isMirrored = getComputedStyle(body).direction === 'rtl'
  const edges = [...body.querySelectorAll<HTMLElement>('.day-column')].map(column => {
    const { left, right } = column.getBoundingClientRect()
    return isMirrored ? box.right - right : left - box.left
  })
  const perMinute = box.height / day.minutes
  const widthOf = (column: number) => (edges[column + 1] ?? box.width) - (edges[column] ?? 0)
  return {
    perMinute,
    widthOf,
    /** `top` and `left` of the body as they are now, where it has been scrolled since. */
    under({ clientX, clientY }: Point, { left, right, top }: { left: number; right: number; top: number } = box) {
      const across = isMirrored ? right - clientX : clientX - left
      const beyond = edges.findIndex(edge => edge > across)
      return { column: beyond < 0 ? edges.length - 1 : Math.max(0, beyond - 1), minute: (clientY - top) / perMinute }
    },
    /** How far it is from one place to another, in pixels of the screen. */
    between(from: Place, to: Place): [x: number, y: number] {
      const x = (edges[to.column] ?? 0) - (edges[from.column] ?? 0)
      return [isMirrored ? -x : x, (to.start - from.start) * perMinute]
    },
  }
}
