import { type RefObject, useEffect, useRef, useState } from 'react'
import { dismiss, type Notice } from './notify'

/**
 * Each notice lives its own time from the moment it was shown. While somebody points at one or stands in one all wait: whoever
 * reads what can be undone must not see it go.
 */
export function useLives(notices: readonly Notice[], box: RefObject<HTMLElement | null>, life: number) {
  const left = useRef(new Map<number, number>())
  const [isHeld, hold] = useState(false)
  useEffect(() => {
    // What was pointed at may have been dismissed: then nobody leaves it.
    if (isHeld && !box.current?.matches(':hover, :focus-within')) return hold(false)
    if (isHeld) return
    const began = performance.now()
    const mortal = notices.filter(notice => !notice.stays)
    const restOf = ({ id }: Notice) => left.current.get(id) ?? life
    const timers = mortal.map(notice => setTimeout(() => dismiss(notice.id), restOf(notice)))
    return () => {
      for (const timer of timers) clearTimeout(timer)
      const spent = performance.now() - began
      left.current = new Map(mortal.map(notice => [notice.id, Math.max(500, restOf(notice) - spent)]))
    }
  }, [notices, isHeld, life, box])
  const outside = (to: EventTarget | null) => !(to instanceof Node && box.current?.contains(to))
  return {
    onPointerOver: () => hold(true),
    onPointerOut: (event: { relatedTarget: EventTarget | null }) =>
      outside(event.relatedTarget) && hold(!!box.current?.contains(document.activeElement)),
    onFocus: () => hold(true),
    onBlur: (event: { relatedTarget: EventTarget | null }) =>
      outside(event.relatedTarget) && hold(!!box.current?.matches(':hover')),
  }
}
