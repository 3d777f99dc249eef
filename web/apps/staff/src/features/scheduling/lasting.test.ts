import type { DayVisit } from '@chairside/api'
import { describe, expect, it } from 'vitest'
import { isLong, lastingOf } from './lasting'

const visit = (status: string, step?: string, at = '2027-03-01T10:00:00Z') =>
  ({ status, duration_minutes: 30, last_step: step ? { step, at, by: 'ana', reason: null } : null }) as Pick<
    DayVisit,
    'last_step' | 'status' | 'duration_minutes'
  >
const at = (time: string) => Date.parse(`2027-03-01T${time}Z`)

describe('how long it has lasted', () => {
  it('is counted from the step that led there, in whole minutes', () => {
    expect(lastingOf(visit('arrived', 'arrival'), at('10:12:59'))).toBe(12)
    expect(lastingOf(visit('in_chair', 'seating'), at('10:00:00'))).toBe(0)
  })
  it('is never less than nothing, where the clock of this machine is slow', () =>
    expect(lastingOf(visit('arrived', 'arrival'), at('09:59:00'))).toBe(0))
  it('is not said of a visit that waits for nobody, of a step that is on its way, or of a day long over', () => {
    expect(lastingOf(visit('confirmed', 'confirmation'), at('10:12:00'))).toBeUndefined()
    expect(lastingOf(visit('in_chair', 'arrival'), at('10:12:00'))).toBeUndefined()
    expect(lastingOf(visit('scheduled'), at('10:12:00'))).toBeUndefined()
    expect(lastingOf(visit('arrived', 'arrival', '2027-02-28T10:00:00Z'), at('10:00:00'))).toBeUndefined()
  })
  it('is long after a quarter of an hour of waiting, or after the time that the chair was booked for', () => {
    expect(isLong(visit('arrived'), 15)).toBe(false)
    expect(isLong(visit('arrived'), 16)).toBe(true)
    expect(isLong(visit('in_chair'), 30)).toBe(false)
    expect(isLong(visit('in_chair'), 31)).toBe(true)
  })
})
