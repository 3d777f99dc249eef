import { describe, expect, it } from 'vitest'
import { fitted, inkedPart, MOST } from './ink'

const PAPER = { width: 900, height: 300 }

describe('inkedPart', () => {
  it('is what was written on, with an edge', () => {
    const strokes = [[{ x: 100, y: 50 }], [{ x: 300.5, y: 90 }]]
    expect(inkedPart(strokes, PAPER)).toEqual({ x: 88, y: 38, width: 225, height: 64 })
  })
  it('ends where the paper does', () => {
    const strokes = [[{ x: 0, y: 0 }], [{ x: 900, y: 300 }]]
    expect(inkedPart(strokes, PAPER)).toEqual({ x: 0, y: 0, ...PAPER })
  })
  it('is nothing of an empty paper', () => {
    expect(inkedPart([], PAPER)).toBeUndefined()
    expect(inkedPart([[]], PAPER)).toBeUndefined()
  })
})

describe('fitted', () => {
  it('keeps what is small, and the proportions of what is large', () => {
    expect(fitted({ width: 200, height: 80 })).toEqual({ width: 200, height: 80 })
    expect(fitted({ width: 1800, height: 300 })).toEqual({ width: MOST.width, height: 150 })
    expect(fitted({ width: 300, height: 3000 })).toEqual({ width: 30, height: MOST.height })
    expect(fitted({ width: 100_000, height: 1 })).toEqual({ width: MOST.width, height: 1 })
  })
})
