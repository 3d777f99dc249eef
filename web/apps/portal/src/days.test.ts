import { describe, expect, it } from 'vitest'
import { byDay, dayOf, partOf, plusDays } from './days'

const at = (starts_at: string) => ({ starts_at, ends_at: starts_at, provider_id: 'x' })

describe('days', () => {
  it('are those of the clinic, not of whoever reads them', () => {
    expect(dayOf('2026-11-30T23:30:00Z', 'Europe/Bucharest')).toBe('2026-12-01')
    expect(dayOf('2026-11-30T03:30:00Z', 'America/New_York')).toBe('2026-11-29')
  })
  it('go on over the end of a month and a change of the clocks', () => {
    expect(plusDays('2026-10-25', 1)).toBe('2026-10-26')
    expect(plusDays('2026-12-31', 14)).toBe('2027-01-14')
  })
  it('have the times of each in order', () => {
    const slots = [at('2026-11-30T08:00:00Z'), at('2026-11-30T22:30:00Z'), at('2026-12-01T08:00:00Z')]
    expect(byDay(slots, 'Europe/Bucharest').map(([day, found]) => [day, found.length])).toEqual([
      ['2026-11-30', 1],
      ['2026-12-01', 2],
    ])
  })
  it('begin with a morning', () => {
    expect(['06:30', '10:00', '15:30'].map(hour => partOf(`2026-11-30T${hour}:00Z`, 'Europe/Bucharest'))).toEqual([
      'morning',
      'afternoon',
      'evening',
    ])
  })
})
