import { describe, expect, it } from 'vitest'
import { ranked } from './rank'
import { conflictsOf, keysOf } from './shortcuts'

const SHORTCUTS = {
  undo: { keys: 'Z', page: 'everywhere' },
  go: { keys: 'G S', page: 'everywhere' },
  book: { keys: 'N', page: 'schedule' },
  add: { keys: 'N', page: 'services' },
  open: { keys: 'Enter', page: 'schedule', fixed: true },
}

describe('keys of one’s own', () => {
  it('stand in the place of the usual ones, also where they are none', () => {
    expect(keysOf(SHORTCUTS, {}, 'book')).toBe('N')
    expect(keysOf(SHORTCUTS, { book: 'B' }, 'book')).toBe('B')
    expect(keysOf(SHORTCUTS, { book: '' }, 'book')).toBeUndefined()
    expect(keysOf(SHORTCUTS, { open: 'O' }, 'open')).toBe('Enter')
  })
  it('are in the way of the same keys on the same page only', () => {
    expect(conflictsOf(SHORTCUTS, {}, 'add', 'N')).toEqual([])
    expect(conflictsOf(SHORTCUTS, {}, 'undo', 'N')).toEqual(['book', 'add'])
    expect(conflictsOf(SHORTCUTS, { book: 'B' }, 'add', 'Z')).toEqual(['undo'])
  })
  it('are in the way of what begins like them', () => {
    expect(conflictsOf(SHORTCUTS, {}, 'book', 'G')).toEqual(['go'])
    expect(conflictsOf(SHORTCUTS, {}, 'book', 'G S')).toEqual(['go'])
    expect(conflictsOf(SHORTCUTS, {}, 'book', 'G T')).toEqual([])
    expect(conflictsOf(SHORTCUTS, { undo: 'G S T' }, 'go', 'G S')).toEqual(['undo'])
  })
})

describe('the palette', () => {
  const commands = [
    { id: 'theme', group: 'App', label: 'Theme: Dark' },
    { id: 'today', group: 'Schedule', label: 'Today' },
    { id: 'arrive', group: 'This visit', label: 'Arrived' },
    { id: 'date', group: 'Schedule', label: 'Go to date' },
  ]
  const ids = (typed: string, recent: string[] = []) =>
    ranked(commands, { typed, recent, groups: ['This visit', 'Schedule', 'App'], fold: text => text.toLowerCase() }).map(
      ({ id }) => id,
    )

  it('begins with what belongs to the thing on the screen', () => expect(ids('')).toEqual(['arrive', 'today', 'date', 'theme']))
  it('puts what begins as was typed before what has it somewhere', () => expect(ids('da')).toEqual(['date', 'theme', 'today']))
  it('puts what was used last first among equals', () =>
    expect(ids('t', ['theme'])).toEqual(['theme', 'today', 'date', 'arrive'].filter(id => id !== 'arrive')))
  it('finds words in any order', () => expect(ids('date go')).toEqual(['date']))
  it('finds nothing for what is nowhere', () => expect(ids('zz')).toEqual([]))
})
