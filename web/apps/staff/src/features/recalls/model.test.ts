import { parseDate } from '@internationalized/date'
import { expect, it } from 'vitest'
import { dueBefore, isInterval, outcomesOf, readInterval } from './model'

it('says which day is no longer within a window', () => {
  const today = parseDate('2027-01-31')
  expect(dueBefore('now', today)).toBe('2027-02-01')
  expect(dueBefore('month', today)).toBe('2027-02-28')
  expect(dueBefore('quarter', today)).toBe('2027-04-30')
  expect(dueBefore('all', today)).toBeUndefined()
})

it('reads an interval, and nothing where none was given', () => {
  expect(readInterval('', 'weeks')).toBeNull()
  expect(readInterval('6', 'weeks')).toEqual({ every: 6, unit: 'weeks' })
  expect(isInterval(readInterval('six', 'months'))).toBe(false)
  expect(isInterval(readInterval('0', 'months'))).toBe(false)
  expect(isInterval(null)).toBe(true)
})

it('knows that nobody answers a letter', () => {
  expect(outcomesOf('letter')).not.toContain('no_answer')
  expect(outcomesOf('call')).not.toContain('sent')
})
