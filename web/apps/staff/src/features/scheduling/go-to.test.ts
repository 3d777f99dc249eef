import { CalendarDate } from '@internationalized/date'
import { describe, expect, it } from 'vitest'
import { readDay, weeksOf } from './go-to'

// A Saturday.
const today = new CalendarDate(2026, 11, 21)
const read = (text: string, locale = 'en-US') => readDay(text, locale, today)?.toString()

describe('a day that is typed', () => {
  it.each([
    ['5/21', '2027-05-21'],
    ['11/21', '2026-11-21'],
    ['11/20', '2027-11-20'],
    ['21 may', '2027-05-21'],
    ['May 21', '2027-05-21'],
    ['2/29', '2028-02-29'],
    ['25', '2026-11-25'],
    ['20', '2026-12-20'],
    ['31', '2026-12-31'],
    ['+6m', '2027-05-21'],
    ['6 months', '2027-05-21'],
    ['+2w', '2026-12-05'],
    ['2 weeks', '2026-12-05'],
    ['-3d', '2026-11-18'],
    ['+10', '2026-12-01'],
    ['1y', '2027-11-21'],
    ['today', '2026-11-21'],
    ['tomorrow', '2026-11-22'],
    ['tom', '2026-11-22'],
    ['yesterday', '2026-11-20'],
    ['fri', '2026-11-27'],
    ['saturday', '2026-11-28'],
    ['5/21/27', '2027-05-21'],
    ['5/21/1985', '1985-05-21'],
    ['2027-05-21', '2027-05-21'],
  ])('%s is %s', (text, day) => {
    expect(read(text)).toBe(day)
  })
  it('is read as the clinic’s country writes it, and in its language', () => {
    expect(read('21/5', 'en-GB')).toBe('2027-05-21')
    expect(read('21.5', 'ro')).toBe('2027-05-21')
    expect(read('mâine', 'ro')).toBe('2026-11-22')
    expect(read('vineri', 'ro')).toBe('2026-11-27')
    expect(read('6 luni', 'ro')).toBe('2027-05-21')
    expect(read('غدا', 'ar')).toBe('2026-11-22')
    expect(read('+٢w', 'ar')).toBe('2026-12-05')
  })
  it.each(['', 'x', '13/45', '0', '45', '5/21/3027', 'next'])('%s is none', text => {
    expect(read(text)).toBeUndefined()
  })
})

describe('the weeks of a month', () => {
  it('begin as they do there, and hold every day', () => {
    const us = weeksOf(today, 'en-US')
    expect([us[0]?.[0]?.toString(), us.length]).toEqual(['2026-11-01', 5])
    expect(weeksOf(today, 'en-GB')[0]?.[0]?.toString()).toBe('2026-10-26')
    expect(weeksOf(new CalendarDate(2027, 2, 1), 'en-GB').length).toBe(4)
  })
})
