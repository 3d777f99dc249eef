import { useCallback, useEffect, useRef, useState } from 'react'

/** What is sent is sent once, however often it is tapped. */
export function useOnce() {
  const [busy, tell] = useState(false)
  const going = useRef(false)
  const once = useCallback(async (act: () => Promise<void>) => {
    if (going.current) return
    going.current = true
    tell(true)
    try {
      await act()
    } finally {
      going.current = false
      tell(false)
    }
  }, [])
  return { busy, once }
}

/** Seconds that are left, by a clock that nobody sets. */
export function useCountdown(seconds: number, from: unknown) {
  const [left, tell] = useState(seconds)
  useEffect(() => {
    const ends = performance.now() + seconds * 1000
    const tick = () => tell(Math.max(0, Math.ceil((ends - performance.now()) / 1000)))
    tick()
    const timer = setInterval(tick, 500)
    return () => clearInterval(timer)
  }, [seconds, from])
  return left
}

export const clockOf = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

export function useOnline() {
  const [online, tell] = useState(navigator.onLine)
  useEffect(() => {
    const look = () => tell(navigator.onLine)
    addEventListener('online', look)
    addEventListener('offline', look)
    return () => {
      removeEventListener('online', look)
      removeEventListener('offline', look)
    }
  }, [])
  return online
}

/** Steps that the back button of a phone goes back through. */
export function useSteps<Step extends string>(first: Step) {
  const [step, show] = useState<Step>(first)
  useEffect(() => {
    const back = (event: PopStateEvent) => show((event.state?.step as Step) ?? first)
    addEventListener('popstate', back)
    return () => removeEventListener('popstate', back)
  }, [first])
  const go = useCallback((next: Step) => {
    history.pushState({ step: next }, '')
    show(next)
    scrollTo(0, 0)
  }, [])
  return [step, go] as const
}
