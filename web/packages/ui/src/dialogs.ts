import { useEffect, useSyncExternalStore } from 'react'
import { outdate } from './notify'

let open = 0
const listeners = new Set<() => void>()
const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
function count(by: number) {
  open += by
  for (const listener of listeners) listener()
}

/** What a notice asked before a dialog opened is no longer the matter. */
export function useCounted(isOpen: boolean) {
  useEffect(() => {
    if (!isOpen) return
    outdate()
    count(1)
    return () => count(-1)
  }, [isOpen])
}

export const useAnyDialog = () => useSyncExternalStore(listen, () => open > 0)
