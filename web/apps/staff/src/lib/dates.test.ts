import { CalendarDate } from '@internationalized/date'
import { describe, expect, it } from 'vitest'
import { doubtOf, exampleOf, orderOf, readDate } from './dates'

const today = new CalendarDate(2026, 11, 20)

describe('a day typed freely', () => {
  it.each([
    ['12.03.1985', 'ro', '1985-03-12'],
    ['12/3/85', 'en-GB', '1985-03-12'],
    ['3/12/1985', 'en-US', '1985-03-12'],
    ['1985-03-12', 'en-US', '1985-03-12'],
    ['12031985', 'ro', '1985-03-12'],
    ['03121985', 'en-US', '1985-03-12'],
    ['19850312', 'ro', '1985-03-12'],
    ['120385', 'ro', '1985-03-12'],
    ['12 mar 1985', 'en-GB', '1985-03-12'],
    ['March 12, 1985', 'en-US', '1985-03-12'],
    ['12 martie 85', 'ro', '1985-03-12'],
    ['12 mai 1985', 'ro', '1985-05-12'],
    ['١٢/٣/١٩٨٥', 'ar', '1985-03-12'],
    ['20.11.26', 'ro', '2026-11-20'],
    ['21.11.26', 'ro', '1926-11-21'],
    ['1.1.27', 'ro', '1927-01-01'],
    ['29.2.2024', 'ro', '2024-02-29'],
  ])('%s in %s', (text, locale, day) => expect(readDate(text, locale, today)?.toString()).toBe(day))

  it.each(['', '12', '31.2.1985', '29.2.2023', '13/13/1985', '12 foo 1985', '1.2.3.4', '0.3.1985', 'ma 1 1985', '1.1.198'])(
    'is not %s',
    text => expect(readDate(text, 'ro', today)).toBeUndefined(),
  )
})

it('knows the order of a language', () => {
  expect([orderOf('en-US'), orderOf('en-GB'), orderOf('ro'), orderOf('ar'), orderOf('hu')]).toEqual([
    'mdy',
    'dmy',
    'dmy',
    'dmy',
    'ymd',
  ])
})

it('gives an example that it can read itself', () => {
  for (const locale of ['en-US', 'en-GB', 'ro', 'ar'])
    expect(readDate(exampleOf(locale), locale, today)?.toString()).toBe('1990-12-31')
})

describe('a birth date that is hard to believe', () => {
  const now = new CalendarDate(2026, 11, 21)
  it.each([
    [new CalendarDate(2026, 11, 22), 'future'],
    [new CalendarDate(2030, 1, 1), 'future'],
    [new CalendarDate(2026, 11, 21), undefined],
    [new CalendarDate(1906, 11, 22), undefined],
    [new CalendarDate(1906, 11, 21), 'old'],
    [new CalendarDate(1850, 1, 1), 'old'],
  ])('%s: %s', (born, doubt) => expect(doubtOf(born, now)).toBe(doubt))
})
