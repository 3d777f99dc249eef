import { useEffect, useRef } from 'react'

/**
 * Enter on a search that has not answered yet: it is remembered for that text and kept when the answer to exactly that text
 * arrives; what an earlier text had found is never taken. Typing on forgets it.
 */
export function useWhenSettled(text: string, settled: boolean, take: () => void) {
  const wanted = useRef<string>(undefined)
  useEffect(() => {
    if (wanted.current !== text || !settled) return
    wanted.current = undefined
    take()
  })
  return {
    /** `now` is what stands in the box, which may be ahead of what was asked. */
    enter(now = text) {
      if (now === text && settled) take()
      else wanted.current = now
    },
    waiting: () => wanted.current !== undefined,
    forget() {
      wanted.current = undefined
    },
  }
}
