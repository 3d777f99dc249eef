import { clamp } from './window'

export type Point = { x: number; y: number }
export type Size = { width: number; height: number }

/** How an image lies before the eye: moved (in pixels of the screen), enlarged, turned by quarters, mirrored when somebody asks. */
export type View = { x: number; y: number; zoom: number; turns: number; flippedX: boolean; flippedY: boolean }
export const STRAIGHT: View = { x: 0, y: 0, zoom: 1, turns: 0, flippedX: false, flippedY: false }
const LEAST = 0.02
const MOST = 40

/** As much of the frame as it can fill. */
export function fitted(image: Size, frame: Size, view: View = STRAIGHT): View {
  const lying = view.turns % 2 !== 0
  const [width, height] = lying ? [image.height, image.width] : [image.width, image.height]
  const zoom = Math.min(frame.width / width, frame.height / height)
  return { ...view, x: 0, y: 0, zoom: Number.isFinite(zoom) && zoom > 0 ? zoom : 1 }
}

/** Six numbers as CSS and SVG write a matrix: from pixels of the image to pixels of the frame. */
export type Matrix = [number, number, number, number, number, number]
export function matrix(view: View, image: Size, frame: Size): Matrix {
  const [cos, sin] = [
    [1, 0],
    [0, 1],
    [-1, 0],
    [0, -1],
  ][((view.turns % 4) + 4) % 4] as [number, number]
  const sx = view.zoom * (view.flippedX ? -1 : 1)
  const sy = view.zoom * (view.flippedY ? -1 : 1)
  const [a, b, c, d] = [cos * sx, sin * sx, -sin * sy, cos * sy]
  const [mx, my] = [image.width / 2, image.height / 2]
  return [a, b, c, d, frame.width / 2 + view.x - a * mx - c * my, frame.height / 2 + view.y - b * mx - d * my]
}

export const through = ([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point => ({ x: a * x + c * y + e, y: b * x + d * y + f })
/** From the frame back into the image. */
export function back([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point {
  const of = a * d - b * c
  return { x: (d * (x - e) - c * (y - f)) / of, y: (a * (y - f) - b * (x - e)) / of }
}

/** Larger or smaller around a point of the frame, which stays where it is. */
export function zoomed(view: View, by: number, at: Point, frame: Size): View {
  const zoom = clamp(view.zoom * by, LEAST, MOST)
  const ratio = zoom / view.zoom
  const [px, py] = [at.x - frame.width / 2, at.y - frame.height / 2]
  return { ...view, zoom, x: px - (px - view.x) * ratio, y: py - (py - view.y) * ratio }
}

/** Turned around the middle of the frame; what was mirrored stays mirrored to the eye. */
export const turned = (view: View, quarters: number): View => ({ ...view, turns: (((view.turns + quarters) % 4) + 4) % 4 })
export function mirrored(view: View, across: 'x' | 'y'): View {
  const lying = view.turns % 2 !== 0
  return (across === 'x') !== lying ? { ...view, flippedX: !view.flippedX } : { ...view, flippedY: !view.flippedY }
}

export const distance = (from: Point, to: Point) => Math.hypot(to.x - from.x, to.y - from.y)
/** What a length of so many pixels says, in mm where the image has a scale. */
export function measured(pixels: number, mmPerPixel: number | null) {
  return mmPerPixel
    ? { value: Math.round(pixels * mmPerPixel * 10) / 10, unit: 'mm' as const }
    : { value: Math.round(pixels), unit: 'px' as const }
}
export const scaleOf = (pixels: number, mm: number) => mm / pixels
