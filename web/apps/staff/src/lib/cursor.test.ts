import { expect, it } from 'vitest'
import { cursorOf, stepTo } from './cursor'

it('steps through a list and stays at its ends', () => {
  expect(stepTo(['a', 'b'], undefined, 1)).toBe('a')
  expect(stepTo(['a', 'b'], 'a', 1)).toBe('b')
  expect(stepTo(['a', 'b'], 'b', 1)).toBe('b')
  expect(stepTo(['a', 'b'], 'a', -1)).toBe('a')
  expect(stepTo([], 'a', 1)).toBeUndefined()
})

it('begins at the first where what was chosen is not there any more', () => {
  expect(cursorOf([{ id: 'a' }, { id: 'b' }], 'gone', 'row', () => undefined).at).toEqual({ id: 'a' })
  expect(cursorOf([{ id: 'a' }, { id: 'b' }], 'b', 'row', () => undefined).at).toEqual({ id: 'b' })
})
