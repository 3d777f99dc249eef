import { describe, expect, it } from 'vitest'
import { currencies, currencyOf, localeOf, SLUG, slugOf } from './guess'

describe('the web address proposed from a name', () => {
  it.each([
    ['Clinica Zâmbet', 'clinica-zambet'],
    ['  Dr. O’Neil & Sons, Dental  ', 'dr-oneil-sons-dental'],
    ['32 Dinți', 'dinti'],
    ['عيادة الابتسامة', ''],
    ['AB', ''],
    ['a'.repeat(60), 'a'.repeat(40)],
  ])('%s', (name, slug) => expect(slugOf(name)).toBe(slug))

  it('is one that the server accepts, or nothing', () => {
    for (const name of ['1-2-3', '---', `${'x'.repeat(39)} y`, 'Łódź Straße'])
      expect(slugOf(name) === '' || SLUG.test(slugOf(name))).toBe(true)
  })
})

it.each([
  ['Europe/Bucharest', 'RON'],
  ['Europe/Madrid', 'EUR'],
  ['America/Chicago', 'USD'],
  ['Asia/Kuwait', 'KWD'],
])('guesses the money in %s', (zone, currency) => expect(currencyOf(zone, ['en-US'])).toBe(currency))

it('guesses only currencies that exist', () => {
  for (const zone of ['Europe/Bucharest', 'Europe/Kyiv', 'Asia/Tokyo', 'Africa/Lagos', 'Europe/Dublin'])
    expect(currencies()).toContain(currencyOf(zone, ['de']))
})

it('guesses the language of documents', () => {
  expect(localeOf('Europe/Bucharest', ['ro-RO'])).toBe('ro')
  expect(localeOf('America/New_York', ['en'])).toBe('en-US')
  expect(localeOf('Europe/London', ['en'])).toBe('en-GB')
  expect(localeOf('Europe/Berlin', ['de'])).toBe('en-GB')
})
