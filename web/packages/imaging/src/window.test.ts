import { describe, expect, it } from 'vitest'
import { back, distance, fitted, matrix, measured, mirrored, STRAIGHT, scaleOf, through, turned, zoomed } from './geometry'
import { dragged, paintColours, paintGreys, preset, table, WHOLE } from './window'

describe('a window', () => {
  it('shows what is below it black, above it white, and its middle grey', () => {
    const shown = table({ centre: 1000, width: 200 }, 4096, false)
    expect([shown[0], shown[900], shown[1000], shown[1100], shown[4095]]).toEqual([0, 0, 128, 255, 255])
    const other = table({ centre: 1000, width: 200 }, 4096, true)
    expect([other[0], other[4095]]).toEqual([255, 0])
  })
  it('of the whole changes nothing', () => {
    const shown = table(WHOLE, 256, false)
    expect([...shown]).toEqual([...Array(256).keys()])
  })
  it('gets wider to the side and moves up and down', () => {
    expect(dragged({ centre: 100, width: 50 }, 256, -128, 1000)).toEqual({ centre: -150, width: 550 })
    expect(dragged({ centre: 100, width: 50 }, -9999, 0, 1000).width).toBe(1)
  })
  it('has five presets, the first of which is the one it came with', () => {
    const usual = { centre: 500, width: 100 }
    expect(preset(1, usual)).toEqual(usual)
    const all = [1, 2, 3, 4, 5].map(number => preset(number, usual))
    expect(new Set(all.map(one => JSON.stringify(one))).size).toBe(5)
  })
  it('is painted over greys and over colours', () => {
    const into = new Uint8ClampedArray(8)
    paintGreys(new Uint16Array([0, 3]), new Uint8ClampedArray([7, 0, 0, 200]), into)
    expect([...into]).toEqual([7, 7, 7, 255, 200, 200, 200, 255])
    paintColours(new Uint8ClampedArray([1, 2, 3, 9, 0, 0, 0, 0]), table(WHOLE, 256, true), into)
    expect([...into]).toEqual([254, 253, 252, 255, 255, 255, 255, 255])
  })
})

describe('an image before the eye', () => {
  const image = { width: 400, height: 200 }
  const frame = { width: 800, height: 800 }
  it('fills its frame, also when it lies', () => {
    expect(fitted(image, frame).zoom).toBe(2)
    expect(fitted(image, { width: 400, height: 800 }, turned(STRAIGHT, 1)).zoom).toBe(2)
    expect(fitted(image, { width: 0, height: 0 }).zoom).toBe(1)
  })
  it('is found again from where it is seen, however it is turned', () => {
    for (const turns of [0, 1, 2, 3])
      for (const flippedX of [false, true]) {
        const m = matrix({ ...STRAIGHT, turns, flippedX, zoom: 1.7, x: 30, y: -9 }, image, frame)
        const there = through(m, { x: 12, y: 150 })
        const again = back(m, there)
        expect([again.x, again.y].map(one => Math.round(one * 1e6) / 1e6)).toEqual([12, 150])
      }
  })
  it('grows around the point under the pointer', () => {
    const at = { x: 123, y: 456 }
    const before = back(matrix(STRAIGHT, image, frame), at)
    const after = back(matrix(zoomed(STRAIGHT, 3, at, frame), image, frame), at)
    expect(after.x).toBeCloseTo(before.x)
    expect(after.y).toBeCloseTo(before.y)
  })
  it('is mirrored to the eye and not to the film', () => {
    expect(mirrored(STRAIGHT, 'x').flippedX).toBe(true)
    expect(mirrored(turned(STRAIGHT, 1), 'x')).toMatchObject({ flippedX: false, flippedY: true })
    expect(mirrored(mirrored(STRAIGHT, 'y'), 'y')).toEqual(STRAIGHT)
  })
  it('is measured in mm once it has a scale', () => {
    const pixels = distance({ x: 0, y: 0 }, { x: 30, y: 40 })
    expect(measured(pixels, null)).toEqual({ value: 50, unit: 'px' })
    expect(measured(pixels, scaleOf(pixels, 12.5))).toEqual({ value: 12.5, unit: 'mm' })
  })
})
