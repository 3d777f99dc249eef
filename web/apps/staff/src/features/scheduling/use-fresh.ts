import { useEffect, useRef } from 'react'
import { useLive } from '@/lib/live'

const OLD = 15_000

/**
 * While what others do is not heard as it happens: reads again what is older than 15 seconds as soon as somebody moves, types or
 * clicks. Not by the clock: a desk that nobody sits at must still be locked.
 */
export function useFresh(readAt: number, read: () => unknown) {
  const last = useRef({ readAt, read })
  last.current = { readAt: Math.max(readAt, last.current.readAt), read }
  const live = useLive() === 'live'
  useEffect(() => {
    if (live) return
    const acted = () => {
      if (!last.current.readAt || Date.now() - last.current.readAt < OLD) return
      last.current.readAt = Date.now()
      void last.current.read()
    }
    const options = { passive: true, capture: true }
    for (const name of ACTS) addEventListener(name, acted, options)
    return () => {
      for (const name of ACTS) removeEventListener(name, acted, options)
    }
  }, [live])
}

const ACTS = ['pointermove', 'pointerdown', 'keydown'] as const
