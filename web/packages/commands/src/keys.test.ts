import { describe, expect, it } from 'vitest'
import { isTaken, strokesOf } from './keys'

type Pressed = {
  key: string
  code: string
  ctrlKey?: boolean
  altKey?: boolean
  shiftKey?: boolean
  isComposing?: boolean
  altGr?: boolean
}
const struck = ({ altGr, ...event }: Pressed) =>
  strokesOf({
    ...{ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false },
    ...event,
    getModifierState: (name: string) => name === 'AltGraph' && !!altGr,
  } as KeyboardEvent)

describe('a stroke', () => {
  it.each([
    ['English', { key: 'a', code: 'KeyA' }, ['A']],
    ['English, Caps Lock', { key: 'A', code: 'KeyA' }, ['A']],
    ['English, Shift', { key: 'A', code: 'KeyA', shiftKey: true }, ['Shift+A']],
    ['English, a sign above a figure', { key: '?', code: 'Slash', shiftKey: true }, ['?']],
    ['English, Ctrl', { key: 'k', code: 'KeyK', ctrlKey: true }, ['Mod+K']],
    ['German, Z stands on Y', { key: 'z', code: 'KeyY' }, ['Z']],
    ['Romanian standard', { key: 'n', code: 'KeyN' }, ['N']],
    ['Romanian legacy, Y and Z changed', { key: 'y', code: 'KeyZ' }, ['Y']],
    ['Romanian ș has no key of its own in English', { key: 'ș', code: 'Semicolon' }, ['Ș']],
    ['Arabic', { key: 'ش', code: 'KeyA' }, ['A']],
    ['Arabic, Shift', { key: 'ِ', code: 'KeyA', shiftKey: true }, ['Shift+A']],
    ['Arabic, Ctrl', { key: 'ن', code: 'KeyK', ctrlKey: true }, ['Mod+K']],
    ['Arabic, the two letters on B', { key: 'لا', code: 'KeyB' }, ['B']],
    ['Arabic, question mark', { key: '؟', code: 'Slash', shiftKey: true }, ['?']],
    ['Arabic, figure', { key: '٧', code: 'Digit7' }, ['7']],
    ['Hebrew', { key: 'ש', code: 'KeyA' }, ['A']],
    ['Hebrew, the apostrophe on W', { key: "'", code: 'KeyW' }, ["'", 'W']],
    ['Hebrew, the stroke on Q', { key: '/', code: 'KeyQ' }, ['/', 'Q']],
    ['Hebrew, Ctrl', { key: 'ל', code: 'KeyK', ctrlKey: true }, ['Mod+K']],
    ['French, a figure without Shift', { key: 'é', code: 'Digit2' }, ['2']],
    ['an arrow', { key: 'ArrowDown', code: 'ArrowDown' }, ['↓']],
    ['an arrow, Shift', { key: 'ArrowDown', code: 'ArrowDown', shiftKey: true }, ['Shift+↓']],
  ] as const)('%s', (_, event, strokes) => {
    expect(struck(event)).toEqual(strokes)
  })

  it.each([
    ['a modifier alone', { key: 'Control', code: 'ControlLeft', ctrlKey: true }],
    ['AltGr, with which Romanian ă is written', { key: 'ă', code: 'KeyA', altKey: true, ctrlKey: true, altGr: true }],
    ['a dead key', { key: 'Dead', code: 'BracketLeft' }],
    ['a syllable that is being composed', { key: 'a', code: 'KeyA', isComposing: true }],
    ['what an input method has taken', { key: 'Process', code: 'KeyA' }],
  ] as const)('is not %s', (_, event) => {
    expect(struck(event)).toEqual([])
  })
})

it.each(['Tab', 'Enter', 'Esc', '↓', 'Mod+C', 'Mod+Shift+T', 'F5', 'Mod+Enter'])('%s stays with the browser', stroke => {
  expect(isTaken(stroke)).toBe(true)
})
it.each(['A', 'Shift+A', 'Mod+K', '?', '7', 'Mod+Shift+L'])('%s may be chosen', stroke => {
  expect(isTaken(stroke)).toBe(false)
})
