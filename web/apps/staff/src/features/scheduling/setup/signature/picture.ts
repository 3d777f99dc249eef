import { fitted, MOST, type Point } from './ink'

const BYTES = 100 * 1024
const INK = 'oklch(0.25 0.06 265)'

export const inked = (context: CanvasRenderingContext2D) => {
  context.strokeStyle = context.fillStyle = INK
  context.lineWidth = 4
  context.lineCap = context.lineJoin = 'round'
  return context
}

function canvasOf({ width, height }: { width: number; height: number }) {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  return [canvas, canvas.getContext('2d') as CanvasRenderingContext2D] as const
}

/** A PNG in Base64 that is small enough; a photograph gives up size until it is. */
function written(source: HTMLCanvasElement): string {
  let canvas = source
  for (;;) {
    const base64 = canvas.toDataURL('image/png').split(',')[1] ?? ''
    if ((base64.length * 3) / 4 <= BYTES || canvas.width < 100) return base64
    const [smaller, context] = canvasOf({
      width: Math.round(canvas.width * 0.8),
      height: Math.max(1, Math.round(canvas.height * 0.8)),
    })
    context.drawImage(canvas, 0, 0, smaller.width, smaller.height)
    canvas = smaller
  }
}

/** Cut from the paper that was written on. */
export function cut(paper: HTMLCanvasElement, part: Point & { width: number; height: number }): string {
  const [canvas, context] = canvasOf(part)
  context.drawImage(paper, part.x, part.y, part.width, part.height, 0, 0, part.width, part.height)
  return written(canvas)
}

/** Refuses (as a rejected promise) what the browser cannot show. */
export async function brought(file: File): Promise<string> {
  const image = await createImageBitmap(file)
  const size = fitted(image)
  const [canvas, context] = canvasOf(size)
  context.drawImage(image, 0, 0, size.width, size.height)
  image.close()
  return written(canvas)
}

/** For whoever has no pointer: the name as it is written by hand, as far as this machine has letters for it. */
export function typed(name: string): string {
  const [, ruler] = canvasOf(MOST)
  const font = (size: number) => `italic ${size}px "Segoe Script", "Snell Roundhand", "Apple Chancery", "URW Chancery L", cursive`
  ruler.font = font(120)
  const size = Math.floor(120 * Math.min(1, (MOST.width - 40) / Math.max(1, ruler.measureText(name).width)))
  ruler.font = font(size)
  const [canvas, context] = canvasOf({ width: Math.ceil(ruler.measureText(name).width) + 40, height: Math.ceil(size * 1.7) })
  inked(context).font = font(size)
  context.textBaseline = 'middle'
  context.textAlign = 'center'
  context.fillText(name, canvas.width / 2, canvas.height / 2)
  return written(canvas)
}
