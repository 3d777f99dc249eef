export type Point = { x: number; y: number }
type Size = { width: number; height: number }

/** What is kept: wide enough to print sharp, narrow enough for a line to sign on. */
export const MOST: Size = { width: 900, height: 300 }
const EDGE = 12

/** The part of the paper that was written on, with an edge around it; nothing where nothing was written. */
export function inkedPart(strokes: readonly (readonly Point[])[], paper: Size) {
  const points = strokes.flat()
  if (points.length === 0) return undefined
  const [left, top] = [Math.min(...points.map(at => at.x)) - EDGE, Math.min(...points.map(at => at.y)) - EDGE].map(at =>
    Math.max(0, Math.floor(at)),
  ) as [number, number]
  const right = Math.min(paper.width, Math.ceil(Math.max(...points.map(at => at.x)) + EDGE))
  const bottom = Math.min(paper.height, Math.ceil(Math.max(...points.map(at => at.y)) + EDGE))
  return { x: left, y: top, width: right - left, height: bottom - top }
}

/** As large as it may be; what is smaller stays as it is. */
export function fitted({ width, height }: Size): Size {
  const scale = Math.min(1, MOST.width / width, MOST.height / height)
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) }
}

/** A stroke through the middles of its points, so that a fast hand draws no corners. */
export function draw(context: CanvasRenderingContext2D, stroke: readonly Point[]) {
  const [first, ...rest] = stroke
  if (!first) return
  context.beginPath()
  context.moveTo(first.x, first.y)
  if (rest.length === 0) context.lineTo(first.x + 0.1, first.y)
  rest.forEach((at, index) => {
    const next = rest[index + 1]
    if (next) context.quadraticCurveTo(at.x, at.y, (at.x + next.x) / 2, (at.y + next.y) / 2)
    else context.lineTo(at.x, at.y)
  })
  context.stroke()
}
