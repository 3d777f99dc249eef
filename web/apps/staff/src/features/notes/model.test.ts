import { describe, expect, it } from 'vitest'
import { codeBefore, difference, matching, nextSlot, put, slotsIn } from './model'

describe('slots', () => {
  const text = 'Tooth [[tooth]], [[what]].'
  it('are gone to one after the other', () => {
    const first = nextSlot(text, { start: 0, end: 0 })
    expect(first && text.slice(first.start, first.end)).toBe('[[tooth]]')
    const second = first && nextSlot(text, first)
    expect(second && text.slice(second.start, second.end)).toBe('[[what]]')
    expect(second && nextSlot(text, second)).toBeUndefined()
    expect(second && nextSlot(text, second, true)).toEqual(first)
  })
  it('are counted', () => expect(slotsIn(text)).toEqual(['tooth', 'what']))
})

describe('a code', () => {
  it('stands after a slash at the beginning or after a gap', () => {
    expect(codeBefore('/fi', 3)).toEqual({ code: 'fi', start: 0 })
    expect(codeBefore('then /', 6)).toEqual({ code: '', start: 5 })
    expect(codeBefore('a\n/șt', 5)).toEqual({ code: 'șt', start: 2 })
  })
  it('is not in 1/2, and/or, or a sentence further on', () => {
    for (const text of ['1/2', 'and/or', '/fi and']) expect(codeBefore(text, text.length)).toBeUndefined()
  })
  it('finds what begins so before what is called so', () => {
    const one = (code: string, name: string) => ({ id: code, code, name, from: 'template' as const })
    const all = [one('ext', 'Extraction'), one('ex', 'Exam'), one('fi', 'Filling, extended')]
    expect(matching(all, 'ex').map(({ code }) => code)).toEqual(['ex', 'ext', 'fi'])
    expect(matching(all, 'zz')).toEqual([])
  })
})

describe('putting something in', () => {
  it('goes to its first slot', () => {
    const { text, at } = put('a /la', { start: 2, end: 5 }, 'Local: [[what]]!')
    expect(text).toBe('a Local: [[what]]!')
    expect(text.slice(at.start, at.end)).toBe('[[what]]')
  })
  it('or behind it, whatever slots come later', () => {
    expect(put('/ok [[x]]', { start: 0, end: 3 }, 'Fine.')).toEqual({ text: 'Fine. [[x]]', at: { start: 5, end: 5 } })
  })
})

describe('a difference', () => {
  const said = (before: string, after: string) => difference(before, after).map(({ text, as }) => `${as}:${text}`)
  it('is word by word', () => {
    expect(said('Tooth 26 filled', 'Tooth 27 filled')).toEqual(['same:Tooth ', 'gone:26', 'new:27', 'same: filled'])
    expect(said('', 'New')).toEqual(['new:New'])
    expect(said('Same', 'Same')).toEqual(['same:Same'])
  })
  it('gives both texts back, however long', () => {
    const long = Array.from({ length: 4000 }, (_, place) => `word${place}${place % 7 ? ' ' : '\n'}`).join('')
    for (const [before, after] of [
      ['a b c d', 'b x d e'],
      [long, long.replace('word2000', 'other')],
    ] as const) {
      const pieces = difference(before, after)
      const without = (as: string) =>
        pieces
          .filter(piece => piece.as !== as)
          .map(({ text }) => text)
          .join('')
      expect(without('new')).toBe(before)
      expect(without('gone')).toBe(after)
    }
  })
})
