import { paintColours, paintGreys, table, type Window } from './window'

/** What is windowed: greys of two bytes, or colours as a canvas has them. */
export type Picture =
  | { kind: 'greys'; width: number; height: number; greys: Uint16Array; levels: number }
  | { kind: 'colours'; width: number; height: number; colours: Uint8ClampedArray; levels: 256 }

/** From the bytes as they came; little-endian, as every machine that runs a browser is. */
export function greysOf(bytes: ArrayBuffer, width: number, height: number): Picture {
  const greys = new Uint16Array(bytes, 0, Math.min(width * height, bytes.byteLength >> 1))
  let most = 0
  for (const grey of greys) if (grey > most) most = grey
  return { kind: 'greys', width, height, greys, levels: most + 1 }
}

export async function coloursOf(bytes: Blob): Promise<Picture> {
  const bitmap = await createImageBitmap(bytes)
  const { width, height } = bitmap
  const canvas = document.createElement('canvas')
  Object.assign(canvas, { width, height })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!context) throw new Error('no canvas')
  context.drawImage(bitmap, 0, 0)
  bitmap.close()
  return { kind: 'colours', width, height, colours: context.getImageData(0, 0, width, height).data, levels: 256 }
}

/** Paints it as a window shows it. */
export function paint(canvas: HTMLCanvasElement, picture: Picture, window: Window, inverted: boolean) {
  if (canvas.width !== picture.width) canvas.width = picture.width
  if (canvas.height !== picture.height) canvas.height = picture.height
  const context = canvas.getContext('2d')
  if (!context) return
  const into = context.createImageData(picture.width, picture.height)
  const shown = table(window, picture.levels, inverted)
  if (picture.kind === 'greys') paintGreys(picture.greys, shown, into.data)
  else paintColours(picture.colours, shown, into.data)
  context.putImageData(into, 0, 0)
}
