/** What was typed into a form that was left before it was sent. */
export type Draft = {
  values: Record<string, string>
  /** What the form holds beside its fields. */
  more: unknown
  /** What it said before it was touched. */
  start: string
}

const SIGN = '\u0000'

/**
 * Kept in memory alone: what is typed about a patient is never left on a shared computer's disk, and goes with the page when
 * somebody signs out. Every draft has a place, which begins with who is signed in and in which clinic.
 */
export function createDrafts() {
  const kept = new Map<string, Draft>()
  const placeOf = (...parts: string[]) => parts.join(SIGN)
  return {
    /** The newest comes last. */
    keep(place: string[], draft: Draft) {
      kept.delete(placeOf(...place))
      kept.set(placeOf(...place), draft)
    },
    of: (place: string[]) => kept.get(placeOf(...place)),
    drop: (place: string[]) => void kept.delete(placeOf(...place)),
    /** The last part of the newest place that begins with these. */
    latest(beginning: string[]): string | undefined {
      const start = placeOf(...beginning, '')
      return [...kept.keys()].findLast(place => place.startsWith(start))?.slice(start.length)
    },
    any: () => kept.size > 0,
    /** With what other screens kept enciphered until it is sent (`@chairside/offline/kept`). */
    forget: () => {
      kept.clear()
      if (typeof indexedDB !== 'undefined') indexedDB.deleteDatabase('chairside.kept')
    },
  }
}

export const drafts = createDrafts()

// A reload or a closed window would lose them: the browser asks first.
if (typeof addEventListener === 'function')
  addEventListener('beforeunload', event => {
    if (drafts.any()) event.preventDefault()
  })
