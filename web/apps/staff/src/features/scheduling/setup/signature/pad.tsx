import { Button } from '@chairside/ui'
import { type PointerEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { draw, inkedPart, MOST, type Point } from './ink'
import { cut, inked } from './picture'

type PadProps = { label: string; keep?: string; onDone: (picture: string) => void; onBack?: () => void }

/** A line to sign on, with a finger, a pen or the mouse. */
export function Pad({ label, keep, onDone, onBack }: PadProps) {
  const t = useTranslations('setup.signature')
  const states = useTranslations('states')
  const canvas = useRef<HTMLCanvasElement>(null)
  const button = useRef<HTMLButtonElement>(null)
  const strokes = useRef<Point[][]>([])
  const [empty, setEmpty] = useState(true)
  const context = () => inked(canvas.current?.getContext('2d') as CanvasRenderingContext2D)
  const at = (event: PointerEvent<HTMLCanvasElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: ((event.clientX - box.x) / box.width) * MOST.width, y: ((event.clientY - box.y) / box.height) * MOST.height }
  }
  const paint = () => {
    const on = context()
    on.clearRect(0, 0, MOST.width, MOST.height)
    for (const stroke of strokes.current) draw(on, stroke)
  }
  const begin = (event: PointerEvent<HTMLCanvasElement>) => {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    strokes.current.push([at(event)])
    setEmpty(false)
    paint()
  }
  const go = (event: PointerEvent<HTMLCanvasElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return
    strokes.current.at(-1)?.push(at(event))
    paint()
  }
  const clear = () => {
    strokes.current = []
    setEmpty(true)
    paint()
  }
  const done = () => {
    const part = inkedPart(strokes.current, MOST)
    if (part && canvas.current) onDone(cut(canvas.current, part))
  }
  return (
    <div className="grid gap-2">
      <div className="relative">
        <canvas
          ref={canvas}
          width={MOST.width}
          height={MOST.height}
          role="img"
          aria-label={label}
          className="aspect-3/1 w-full cursor-crosshair touch-none rounded-md border bg-[white]"
          onPointerDown={begin}
          onPointerMove={go}
          // Whoever has signed keeps it with Enter.
          onPointerUp={() => button.current?.focus({ preventScroll: true })}
        />
        <span aria-hidden className="pointer-events-none absolute inset-x-6 bottom-[22%] border-[gray] border-b border-dashed" />
      </div>
      <div className="flex flex-wrap gap-2">
        <Button ref={button} size="sm" disabled={empty} onClick={done}>
          {keep ?? t('keep')}
        </Button>
        <Button size="sm" variant="outline" disabled={empty} onClick={clear}>
          {t('again')}
        </Button>
        {onBack && (
          <Button size="sm" variant="ghost" onClick={onBack}>
            {states('back')}
          </Button>
        )}
      </div>
    </div>
  )
}
