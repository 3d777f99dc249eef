import type { Picture, Window } from '@chairside/imaging'
import { paint } from '@chairside/imaging'
import { useEffect, useRef } from 'react'

/** The picture as a window shows it, painted again with the next frame when that changes. */
export function PictureCanvas({ picture, window, inverted }: { picture: Picture; window: Window; inverted: boolean }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const frame = requestAnimationFrame(() => canvas.current && paint(canvas.current, picture, window, inverted))
    return () => cancelAnimationFrame(frame)
  }, [picture, window, inverted])
  return (
    <canvas
      ref={canvas}
      width={picture.width}
      height={picture.height}
      data-window={`${Math.round(window.centre)} ${Math.round(window.width)}`}
    />
  )
}
