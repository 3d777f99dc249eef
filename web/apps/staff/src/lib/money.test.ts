import { describe, expect, it } from 'vitest'
import { formatMoney, readAmount, writeAmount } from './money'

describe('what is typed as an amount', () => {
  it.each([
    ['120', 'RON', 12000],
    ['120.5', 'RON', 12050],
    ['120,50', 'RON', 12050],
    ['1.234,56', 'EUR', 123456],
    ['1,234.56', 'USD', 123456],
    ['1,234', 'USD', 123400],
    ['1.234.567', 'EUR', 123456700],
    ['1 234,5', 'RON', 123450],
    ['-12', 'RON', -1200],
    ['1500', 'JPY', 1500],
    ['1,500', 'JPY', 1500],
    ['1.500', 'KWD', 1500],
    ['١٢٠٫٥', 'SAR', 12050],
    ['−12', 'EUR', -1200],
    ['$95', 'USD', 9500],
    ['-$1,234.50', 'USD', -123450],
    ['$-95', 'USD', -9500],
    ['usd 95', 'USD', 9500],
    ['US$95', 'USD', 9500],
    ['$95', 'CAD', 9500],
    ['12,50 €', 'EUR', 1250],
    ['120 lei', 'RON', 12000],
    ['120 RON', 'RON', 12000],
    ['٩٥ ر.س', 'SAR', 9500],
    ['¥1,500', 'JPY', 1500],
  ])('%s %s', (text, currency, amount) => expect(readAmount(text, currency)).toBe(amount))

  it.each(['', 'abc', '1.2345', '12..5', '1e5', '--2', '99999999999999999'])('refuses %s', text =>
    expect(readAmount(text, 'RON')).toBeUndefined(),
  )

  it.each(['$95', 'EUR 95', 'lei', 'lei 95 lei', '95 lei 5'])('in a clinic that counts in lei, refuses %s', text =>
    expect(readAmount(text, 'RON')).toBeUndefined(),
  )
})

it('writes what it reads', () => {
  for (const locale of ['en-GB', 'ro', 'ar-u-nu-latn'])
    for (const amount of [0, 5, 123456, 99, -12050])
      expect(readAmount(writeAmount({ amount, currency: 'EUR' }, locale), 'EUR')).toBe(amount)
})

it('keeps an amount in one piece among Arabic words', () => {
  expect(formatMoney({ amount: -12800, currency: 'USD' }, 'ar-u-nu-latn')).toBe('\u2066-$128.00\u2069')
  expect(formatMoney({ amount: 12800, currency: 'RON' }, 'ar')).toMatch(/^\u2066RON\s128.00\u2069$/)
  expect(formatMoney({ amount: 12800, currency: 'USD' }, 'en-US-u-nu-latn')).toBe('$128.00')
})

it('knows that yen have no cents', () => expect(formatMoney({ amount: 1500, currency: 'JPY' }, 'en-GB')).toContain('1,500'))
