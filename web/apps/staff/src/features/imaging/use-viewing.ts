import type { PatientImage } from '@chairside/api'
import {
  dragged,
  fitted,
  mirrored,
  type Picture,
  type Point,
  preset,
  type Size,
  STRAIGHT,
  turned,
  type View,
  WHOLE,
  type Window,
  zoomed,
} from '@chairside/imaging'
import { useEffect, useState } from 'react'

export type Tool = 'window' | 'move' | 'length' | 'arrow' | 'text'

const usualOf = (image: PatientImage, picture?: Picture): Window =>
  picture?.kind === 'greys' && image.window_centre !== null && image.window_width
    ? { centre: image.window_centre, width: image.window_width }
    : WHOLE

/** How an image is looked at; begins anew with another image. */
export function useViewing(image: PatientImage, picture: Picture | undefined, frame: Size) {
  const usual = usualOf(image, picture)
  const [window, setWindow] = useState<Window>()
  const [inverted, setInverted] = useState(image.inverted)
  const [view, setView] = useState<View>(STRAIGHT)
  const [touched, setTouched] = useState(false)
  const [tool, setTool] = useState<Tool>('window')
  const { width = 0, height = 0 } = picture ?? {}
  useEffect(() => {
    setWindow(undefined)
    setInverted(image.inverted)
    setView(STRAIGHT)
    setTouched(false)
  }, [image.id, image.inverted])
  useEffect(() => {
    if (width && frame.width && !touched) setView(before => fitted({ width, height }, frame, before))
  }, [width, height, frame, touched])
  const look = (next: (before: View) => View) => {
    setTouched(true)
    setView(next)
  }
  const range = picture?.levels ?? 256
  return {
    window: window ?? usual,
    inverted,
    view,
    tool,
    setTool,
    setWindow,
    drag: (from: Window, dx: number, dy: number) => setWindow(dragged(from, dx, dy, range)),
    preset: (number: number) => setWindow(preset(number, usual)),
    invert: () => setInverted(before => !before),
    move: (dx: number, dy: number) => look(before => ({ ...before, x: before.x + dx, y: before.y + dy })),
    zoom: (by: number, at: Point = { x: frame.width / 2, y: frame.height / 2 }) => look(before => zoomed(before, by, at, frame)),
    turn: (quarters: number) => {
      setTouched(false)
      setView(before => turned(before, quarters))
    },
    mirror: (across: 'x' | 'y') => look(before => mirrored(before, across)),
    fit: () => {
      setTouched(false)
      setView(before => fitted({ width, height }, frame, before))
    },
    reset: () => {
      setWindow(undefined)
      setInverted(image.inverted)
      setTouched(false)
      setView(fitted({ width, height }, frame))
    },
  }
}
export type Viewing = ReturnType<typeof useViewing>
