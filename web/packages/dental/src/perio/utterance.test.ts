import { describe, expect, it } from 'vitest'
import { type PerioWords, parsePerioUtterance } from './utterance'

const WORDS: PerioWords = {
  bleeding: 'bleeding|bleed',
  suppuration: 'suppuration|pus',
  plaque: 'plaque',
  calculus: 'calculus',
  recession: 'recession|minus',
  mobility: 'mobility',
  furcation: 'furcation',
  buccal: 'buccal|facial',
  lingual: 'lingual|palatal',
  mesial: 'mesial',
  distal: 'distal',
  skip: 'skip|missing',
  undo: 'undo',
  back: 'back|correction',
  next: 'next',
  tooth: 'tooth|jump',
  again: 'again|same',
  all: 'all',
  pause: 'pause',
  resume: 'resume',
  figures: 'zero|oh one two|to|too three four|for five six seven eight nine ten eleven twelve'.split(' '),
}
const keys = (...said: string[]) => ({ kind: 'keys' as const, keys: said })

describe('an utterance', () => {
  it.each([
    ['three two three bleeding', [keys('3', '2', '3', 'B')]],
    ['Three, to 3', [keys('3', '2', '3')]],
    ['323', [keys('3', '2', '3')]],
    ['twelve', [keys('+', '2')]],
    ['tooth one four', [{ kind: 'goto', tooth: '14' }]],
    ['jump 16 four bleeding', [{ kind: 'goto', tooth: '16' }, keys('4', 'B')]],
    ['bleeding all', [{ kind: 'bleeding_all' }]],
    ['furcation buccal two', [keys('F', 'B', '2')]],
    ['mobility one skip undo', [keys('M', '1', 'X', 'Mod+Z')]],
    ['five recession two', [keys('5', '-', '2')]],
    ['3b2 3', [keys('3', 'B', '2', '3')]],
    ['pause', [{ kind: 'pause' }]],
    ['three banana two', [keys('3'), { kind: 'unknown', word: 'banana' }, keys('2')]],
    ['', []],
  ])('%s', (text, commands) => {
    expect(parsePerioUtterance(text, WORDS)).toEqual(commands)
  })
})
