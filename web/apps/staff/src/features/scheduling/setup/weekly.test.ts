import { describe, expect, it } from 'vitest'
import { another, crossesMidnight, dayName, lengthOf, overlapping, summaryOf, USUAL, weekOf } from './weekly'

describe('the hours of a week', () => {
  it('groups days that are alike and leaves closed ones out', () => {
    expect(summaryOf({ ...USUAL, 3: [], 6: [['10:00', '13:00']] })).toEqual([
      { from: '1', to: '2', blocks: [['09:00', '17:00']] },
      { from: '4', to: '5', blocks: [['09:00', '17:00']] },
      { from: '6', to: '6', blocks: [['10:00', '13:00']] },
    ])
  })
  it('counts over midnight', () => {
    expect(lengthOf(['22:00', '02:00'])).toBe(240)
    expect(crossesMidnight(['22:00', '02:00'])).toBe(true)
    expect(crossesMidnight(['09:00', '24:00'])).toBe(false)
    expect(lengthOf(['09:00', '24:00'])).toBe(900)
  })
  it('sees blocks that meet', () => {
    expect(
      overlapping([
        ['09:00', '12:00'],
        ['12:00', '17:00'],
      ]),
    ).toBe(false)
    expect(
      overlapping([
        ['13:00', '17:00'],
        ['09:00', '13:05'],
      ]),
    ).toBe(true)
  })
  it('offers the afternoon after the morning', () => {
    expect(another([['08:00', '12:00']])).toEqual(['13:00', '16:00'])
    expect(overlapping([['08:00', '12:00'], another([['08:00', '12:00']])])).toBe(false)
  })
  it('begins where the reader begins', () => {
    expect(weekOf('en-GB')[0]).toBe('1')
    expect(weekOf('en-US')[0]).toBe('7')
    expect(dayName('1', 'en-GB')).toBe('Monday')
    expect(dayName('7', 'ro')).toBe('duminică')
  })
})
