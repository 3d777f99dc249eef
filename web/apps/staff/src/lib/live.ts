import type { State } from '@chairside/live'
import { useSyncExternalStore } from 'react'

const SHOWN = 6_000

let state: State | undefined
let touches: ReadonlyMap<string, string> = new Map()
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}
const heed = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}

export function setLive(next: State | undefined) {
  state = next
  tell()
}

/** Whether what others do is heard as it happens; undefined until it is known. */
export const useLive = () => useSyncExternalStore(heed, () => state)

/** Somebody else changed this just now: shown for a moment where the thing is shown. */
export function touch(id: string, who: string) {
  touches = new Map(touches).set(id, who)
  tell()
  setTimeout(() => {
    if (touches.get(id) !== who) return
    const left = new Map(touches)
    left.delete(id)
    touches = left
    tell()
  }, SHOWN)
}

/** Who else changed it in the last moments. */
export const useTouch = (id: string) => useSyncExternalStore(heed, () => touches.get(id))
