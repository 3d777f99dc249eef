import { describe, expect, it } from 'vitest'
import { expiryOf, goodOf, lastUseOf, stateOf, stopsIn } from './keys'

const now = Date.parse('2026-11-28T12:00:00Z')
const key = (expires_at: string | null, revoked_at: string | null = null) => ({ expires_at, revoked_at })
const soon = key('2026-12-03T13:00:00Z')
const later = key('2026-12-11T12:00:00Z')
const forever = key(null)
const expired = key('2026-11-28T12:00:00Z')
const revoked = key(null, '2026-11-01T00:00:00Z')

it('knows what has become of a key', () => {
  expect([forever, soon, later, expired, revoked].map(one => stateOf(one, now))).toEqual([
    'good',
    'soon',
    'soon',
    'expired',
    'revoked',
  ])
  expect(stateOf(key('2026-12-12T12:00:00Z'), now)).toBe('good')
  expect(goodOf([forever, soon, expired, revoked], now)).toEqual([forever, soon])
})

describe('a program that is about to stop', () => {
  it('has nothing but keys that run out', () => {
    expect(stopsIn([soon, later, expired], now)).toBe(13)
    expect(stopsIn([soon], now)).toBe(5)
    expect(stopsIn([key('2026-11-28T20:00:00Z')], now)).toBe(0)
  })
  it('is none that has another key, or no key any more', () => {
    expect(stopsIn([soon, forever], now)).toBeUndefined()
    expect(stopsIn([expired, revoked], now)).toBeUndefined()
  })
})

it('finds the last use of any', () => {
  const used = (last_used_at: string | null) => ({ ...forever, id: '', hint: '', created_at: '', created_by: '', last_used_at })
  expect(lastUseOf([used(null), used('2026-11-02T00:00:00Z'), used('2026-11-01T00:00:00Z')])).toBe('2026-11-02T00:00:00Z')
  expect(lastUseOf([used(null)])).toBeNull()
})

it('counts a key’s life in days', () => {
  expect(expiryOf('30', now)).toBe('2026-12-28T12:00:00.000Z')
  expect(expiryOf('never', now)).toBeNull()
})
