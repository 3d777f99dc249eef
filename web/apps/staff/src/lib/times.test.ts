import { describe, expect, it } from 'vitest'
import { hasHalves, readTime, timesOf, wall } from './times'

const nine = Date.parse('2027-03-01T09:00Z')
const at = (hours: number, minutes = 0) => nine + (hours - 9) * 3_600_000 + minutes * 60_000
const plain = (text: string) => text.replace(/\u00a0/g, ' ')

describe('the clock of the clinic’s country', () => {
  it('has two halves in the United States, and one day elsewhere', () => {
    expect(['en-US', 'en-GB', 'ro', 'ro-RO', 'de'].map(hasHalves)).toEqual([true, false, false, false, false])
  })
  it('writes a time, an hour and what lies between two', () => {
    const here = timesOf('en-US-u-nu-latn', 'en-US', 'UTC')
    expect(plain(here.time(nine))).toBe('9:00 AM')
    expect([here.hour(nine), here.hour(at(14)), here.hour(at(14, 30))].map(plain)).toEqual(['9 AM', '2 PM', '2:30 PM'])
    expect(plain(here.range(nine, at(9, 30)))).toBe('9:00–9:30 AM')
    expect(plain(here.range(at(11, 45), at(12, 15)))).toBe('11:45 AM–12:15 PM')
    const there = timesOf('en-GB', 'ro-RO', 'UTC')
    expect([there.time(nine), there.hour(nine), there.range(nine, at(14))]).toEqual(['09:00', '09:00', '09:00–14:00'])
  })
  it('is the clinic’s whatever the reader’s language, and each end of a range stands by itself', () => {
    expect(timesOf('en-US', 'en-GB', 'UTC').time(nine)).toBe('09:00')
    expect(timesOf('ar-u-nu-latn', 'ro', 'UTC').time(nine)).toContain('09:00')
    expect(timesOf('ar-u-nu-latn', 'en-US', 'UTC').range(nine, at(14))).toMatch(/^\u2066.+\u2069–\u2066.+\u2069$/)
  })
  it('reads what it wrote', () => {
    for (const [format, locale] of [
      ['en-US', 'en-US'],
      ['en-GB', 'en-GB'],
      ['ar-u-nu-latn', 'en-US'],
      ['ro', 'ro'],
    ] as const)
      for (const time of ['00:00', '06:05', '09:00', '12:00', '13:30', '23:55'])
        expect(readTime(timesOf(format, locale, 'UTC').time(wall(time)), hasHalves(locale))).toBe(time)
  })
})

describe('a time that is typed', () => {
  it.each([
    ['9', '09:00'],
    ['930', '09:30'],
    ['0930', '09:30'],
    ['9.30', '09:30'],
    ['14:30', '14:30'],
    ['5p', '17:00'],
    ['5:30 p.m.', '17:30'],
    ['12 am', '00:00'],
    ['24:00', '00:00'],
  ])('%s is %s on every clock', (typed, time) => {
    expect([readTime(typed, true), readTime(typed, false)]).toEqual([time, time])
  })
  it('is in the afternoon where the clock has two halves and an hour is hardly meant in the morning', () => {
    expect([readTime('5', true), readTime('5', false), readTime('05:00', true), readTime('7', true)]).toEqual([
      '17:00',
      '05:00',
      '05:00',
      '07:00',
    ])
  })
  it.each(['', 'x', '25', '9:75', '13 pm', '9:3', '12345'])('%s is none', typed => {
    expect(readTime(typed, true)).toBeUndefined()
  })
})
