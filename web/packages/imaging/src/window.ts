/** Which greys of a picture are shown: those around `centre`, as far as `width` reaches. In the greys of the picture. */
export type Window = { centre: number; width: number }

/** Of one byte a channel: all of them. */
export const WHOLE: Window = { centre: 127.5, width: 255 }

/** By which 1 to 5 make other windows of the one that a picture came with: how far its centre moves, in widths, and how wide it is. */
const PRESETS = [
  { move: 0, wide: 1 },
  { move: 0, wide: 1.6 },
  { move: 0, wide: 0.6 },
  { move: 0.22, wide: 0.5 },
  { move: -0.22, wide: 0.5 },
] as const
export const PRESET_COUNT = PRESETS.length

export function preset(number: number, usual: Window): Window {
  const { move, wide } = PRESETS[number - 1] ?? PRESETS[0]
  return { centre: usual.centre + move * usual.width, width: Math.max(1, usual.width * wide) }
}

/** To the side it becomes wider, up it becomes brighter: a drag over the whole of `across` pixels is a whole range. */
export function dragged(from: Window, dx: number, dy: number, range: number, across = 512): Window {
  return {
    centre: clamp(from.centre + (dy / across) * range, -range, 2 * range),
    width: clamp(from.width + (dx / across) * range, 1, 4 * range),
  }
}

/** What each grey from 0 to `levels - 1` looks like, from 0 to 255. */
export function table({ centre, width }: Window, levels: number, inverted: boolean): Uint8ClampedArray {
  const shown = new Uint8ClampedArray(levels)
  const low = centre - width / 2
  const wide = Math.max(width, 1e-6)
  for (let grey = 0; grey < levels; grey++) {
    const light = Math.min(255, Math.max(0, ((grey - low) * 255) / wide))
    shown[grey] = inverted ? 255 - light : light
  }
  return shown
}

/** Writes a picture of greys into the pixels of a canvas. */
export function paintGreys(greys: Uint16Array, shown: Uint8ClampedArray, into: Uint8ClampedArray) {
  const pixels = new Uint32Array(into.buffer, into.byteOffset, greys.length)
  const colours = new Uint32Array(shown.length)
  for (let grey = 0; grey < shown.length; grey++) {
    const light = shown[grey] ?? 0
    colours[grey] = 0xff000000 | (light << 16) | (light << 8) | light
  }
  for (let at = 0; at < greys.length; at++) pixels[at] = colours[greys[at] ?? 0] ?? 0
}

/** The same for a picture of colours, each channel by itself. */
export function paintColours(from: Uint8ClampedArray, shown: Uint8ClampedArray, into: Uint8ClampedArray) {
  for (let at = 0; at < from.length; at += 4) {
    into[at] = shown[from[at] ?? 0] ?? 0
    into[at + 1] = shown[from[at + 1] ?? 0] ?? 0
    into[at + 2] = shown[from[at + 2] ?? 0] ?? 0
    into[at + 3] = 255
  }
}

export const clamp = (value: number, low: number, high: number) => Math.min(high, Math.max(low, value))
