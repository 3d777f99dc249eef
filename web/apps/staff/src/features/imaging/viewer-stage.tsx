import type { ImageMark, NewImageMark, PatientImage } from '@chairside/api'
import { back, distance, matrix, measured, type Picture, type Point, type Size } from '@chairside/imaging'
import { cn } from '@chairside/ui'
import { type PointerEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { PictureCanvas } from './picture-canvas'
import type { Viewing } from './use-viewing'

type StageProps = {
  image: PatientImage
  picture: Picture | undefined
  viewing: Viewing
  marks: ImageMark[]
  frame: Size
  onFrame: (frame: Size) => void
  onDraw: (mark: NewImageMark) => void
  onText: (at: Point) => void
}
type Line = { from: Point; to: Point }

/** The image and what is drawn over it. Its left is its left in every language. */
export function ViewerStage({ image, picture, viewing, marks, frame, onFrame, onDraw, onText }: StageProps) {
  const t = useTranslations('imaging')
  const { format } = useWriting()
  const box = useRef<HTMLDivElement>(null)
  const held = useRef<{ x: number; y: number; window: Viewing['window'] }>(undefined)
  const [line, setLine] = useState<Line>()
  const { tool, view } = viewing
  const size = { width: picture?.width ?? 1, height: picture?.height ?? 1 }
  const lies = matrix(view, size, frame)

  useEffect(() => {
    const element = box.current
    if (!element) return
    const watch = new ResizeObserver(() => onFrame({ width: element.clientWidth, height: element.clientHeight }))
    watch.observe(element)
    return () => watch.disconnect()
  }, [onFrame])
  // React listens to wheels passively; the page behind must not scroll.
  useEffect(() => {
    const element = box.current
    const roll = (event: WheelEvent) => {
      event.preventDefault()
      viewing.zoom(Math.exp(-event.deltaY / 400), here(event))
    }
    element?.addEventListener('wheel', roll, { passive: false })
    return () => element?.removeEventListener('wheel', roll)
  })

  const here = ({ clientX, clientY }: { clientX: number; clientY: number }): Point => {
    const { left = 0, top = 0 } = box.current?.getBoundingClientRect() ?? {}
    return { x: clientX - left, y: clientY - top }
  }
  const inImage = (event: PointerEvent) => back(lies, here(event))

  function down(event: PointerEvent<HTMLDivElement>) {
    if (event.button !== 0 || !picture) return
    if (tool === 'text') return onText(inImage(event))
    event.currentTarget.setPointerCapture(event.pointerId)
    held.current = { x: event.clientX, y: event.clientY, window: viewing.window }
    if (tool === 'length' || tool === 'arrow') setLine({ from: inImage(event), to: inImage(event) })
  }
  function moved(event: PointerEvent<HTMLDivElement>) {
    const from = held.current
    if (!from) return
    const [dx, dy] = [event.clientX - from.x, event.clientY - from.y]
    if (tool === 'window') viewing.drag(from.window, dx, dy)
    else if (tool === 'move') {
      viewing.move(dx, dy)
      held.current = { ...from, x: event.clientX, y: event.clientY }
    } else setLine(before => before && { ...before, to: inImage(event) })
  }
  function up() {
    held.current = undefined
    if (line && distance(line.from, line.to) > 2 && (tool === 'length' || tool === 'arrow'))
      onDraw({ kind: tool, points: [line.from.x, line.from.y, line.to.x, line.to.y] })
    setLine(undefined)
  }
  const long = (from: Point, to: Point) => {
    const { value, unit } = measured(distance(from, to), image.mm_per_pixel)
    return `${new Intl.NumberFormat(format, { maximumFractionDigits: 1 }).format(value)} ${t(unit)}`
  }
  const thick = 2 / view.zoom
  const letters = 14 / view.zoom
  const drawn = (key: string, kind: string, from: Point, to: Point | undefined, words: string | null) => (
    <g key={key} data-mark={kind}>
      {to && (
        <line
          x1={from.x}
          y1={from.y}
          x2={to.x}
          y2={to.y}
          stroke="#ffd54a"
          strokeWidth={thick}
          markerEnd={kind === 'arrow' ? 'url(#tip)' : undefined}
        />
      )}
      {(words || kind === 'length') && (
        <text
          x={(to ?? from).x}
          y={(to ?? from).y}
          dx={letters / 2}
          dy={-letters / 3}
          fontSize={letters}
          fill="#ffd54a"
          stroke="#000"
          strokeWidth={thick}
          paintOrder="stroke"
          // Upright to the eye, however the film lies.
          transform={`rotate(${-view.turns * 90} ${(to ?? from).x} ${(to ?? from).y}) `}
        >
          {kind === 'length' && to ? long(from, to) : words}
        </text>
      )}
    </g>
  )
  return (
    <div
      ref={box}
      dir="ltr"
      data-testid="stage"
      onPointerDown={down}
      onPointerMove={moved}
      onPointerUp={up}
      onPointerCancel={() => {
        held.current = undefined
        setLine(undefined)
      }}
      className={cn(
        'relative min-h-0 flex-1 touch-none select-none overflow-hidden',
        tool === 'move' ? 'cursor-grab' : 'cursor-crosshair',
      )}
    >
      {picture && frame.width > 0 && (
        <div
          className="absolute start-0 top-0 origin-top-left"
          style={{ transform: `matrix(${lies.join(',')})`, width: size.width, height: size.height }}
        >
          <PictureCanvas picture={picture} window={viewing.window} inverted={viewing.inverted} />
          <svg
            viewBox={`0 0 ${size.width} ${size.height}`}
            className="absolute inset-0 overflow-visible"
            role="img"
            aria-label={t('marks')}
          >
            <defs>
              <marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="6" markerHeight="6" orient="auto">
                <path d="M0 0 10 5 0 10z" fill="#ffd54a" />
              </marker>
            </defs>
            {marks.map(({ id, kind, points: [x = 0, y = 0, ...to], words }) =>
              drawn(id, kind, { x, y }, to.length === 2 ? { x: to[0] ?? 0, y: to[1] ?? 0 } : undefined, words),
            )}
            {line && drawn('now', tool, line.from, line.to, null)}
          </svg>
        </div>
      )}
    </div>
  )
}
