import { PRESET_COUNT } from '@chairside/imaging'
import type { Viewing } from './use-viewing'

type Go = (by: number) => void
/** The keys of OHIF, as far as there is the same to do here; undefined where it is none of ours. */
export function keyed(key: string, shift: boolean, viewing: Viewing, go: Go): (() => void) | undefined {
  const number = Number(key)
  if (number >= 1 && number <= PRESET_COUNT) return () => viewing.preset(number)
  switch (shift && key.length === 1 ? key.toUpperCase() : key.toLowerCase()) {
    case 'i':
      return viewing.invert
    case 'r':
      return () => viewing.turn(1)
    case 'l':
      return () => viewing.turn(-1)
    case 'h':
      return () => viewing.mirror('x')
    case 'v':
      return () => viewing.mirror('y')
    case '+':
      return () => viewing.zoom(1.25)
    case '-':
      return () => viewing.zoom(0.8)
    case '=':
      return viewing.fit
    case ' ':
      return viewing.reset
    case 'w':
      return () => viewing.setTool('window')
    case 'p':
      return () => viewing.setTool('move')
    case 'm':
      return () => viewing.setTool('length')
    case 'a':
      return () => viewing.setTool('arrow')
    case 't':
      return () => viewing.setTool('text')
    case 'pagedown':
    case 'arrowright':
      return () => go(1)
    case 'pageup':
    case 'arrowleft':
      return () => go(-1)
    default:
      return undefined
  }
}
