import { isTaken, strokesOf } from '@chairside/commands'
import { useEffect, useState } from 'react'

const PAUSE = 1_200

type Recorded = {
  /** What has been struck so far. */
  struck: string
  /** Of the keys that browsers and fields need for themselves. */
  refused?: string
}

/** Listens to the next one or two strokes, before anything else does; Escape leaves, and so does the Tab key. */
export function useRecorder(listening: boolean, done: (keys: string | undefined) => void): Recorded {
  const [recorded, record] = useState<Recorded>({ struck: '' })
  useEffect(() => {
    if (!listening) return
    let first = ''
    let timer = 0
    record({ struck: '' })
    function struck(event: KeyboardEvent) {
      if (event.key === 'Tab') return done(undefined)
      event.preventDefault()
      event.stopImmediatePropagation()
      if (event.repeat) return
      if (event.key === 'Escape') return done(undefined)
      // The place on the keyboard where the key says nothing Latin.
      const stroke = strokesOf(event).at(-1)
      if (!stroke) return
      clearTimeout(timer)
      if (isTaken(stroke)) {
        first = ''
        return record({ struck: '', refused: stroke })
      }
      const keys = first ? `${first} ${stroke}` : stroke
      record({ struck: keys })
      if (first || stroke.includes('Mod+')) return done(keys)
      first = stroke
      timer = window.setTimeout(() => done(keys), PAUSE)
    }
    window.addEventListener('keydown', struck, true)
    return () => {
      clearTimeout(timer)
      window.removeEventListener('keydown', struck, true)
    }
  }, [listening])
  return recorded
}
