import { expect, it } from 'vitest'
import { askedOf, dayOf, fromOf } from './rules'

const zone = 'Europe/Bucharest'
const now = new Date('2026-11-28T23:30:00Z')
const from = (more: Partial<Parameters<typeof fromOf>[0]>) => fromOf({ asked: 'now', day: '', before: null, now, zone, ...more })

it('reads whether it is asked for already', () => {
  expect(askedOf(null, now)).toBe('off')
  expect(askedOf('2026-11-01T00:00:00Z', now)).toBe('now')
  expect(askedOf('2026-12-01T00:00:00Z', now)).toBe('later')
})

it('begins at midnight where the clinic is', () => {
  expect(dayOf('2026-12-14T22:00:00Z', zone)).toBe('2026-12-15')
  expect(from({ asked: 'later', day: '2026-12-15' })).toBe('2026-12-14T22:00:00.000Z')
  // It is the 29th there already.
  expect(from({ asked: 'now' })).toBe('2026-11-28T22:00:00.000Z')
})

it('leaves alone what was not chosen anew', () => {
  expect(from({ asked: 'now', before: '2026-11-01T10:11:12Z' })).toBe('2026-11-01T10:11:12Z')
  expect(from({ asked: 'later', day: '2026-12-15', before: '2026-12-15T10:00:00Z' })).toBe('2026-12-15T10:00:00Z')
  expect(from({ asked: 'later', day: '2026-12-16', before: '2026-12-15T10:00:00Z' })).toBe('2026-12-15T22:00:00.000Z')
  expect(from({ asked: 'off', before: '2026-11-01T10:11:12Z' })).toBeNull()
})
