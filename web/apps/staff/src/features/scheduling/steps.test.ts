import type { DayVisit } from '@chairside/api'
import { describe, expect, it } from 'vitest'
import { lastStepOf } from './use-board-commands'

const visit = (status: string, step?: string, at = '2027-03-01T10:00:00Z') =>
  ({ status, last_step: step ? { step, at, by: 'ana', reason: null } : null }) as Pick<DayVisit, 'last_step' | 'status'>
const isToday = (at: string) => at.startsWith('2027-03-01')

describe('the step that can be taken back', () => {
  it('is the last one of today, by the name that its address has', () => {
    expect(lastStepOf(visit('completed', 'completion'), isToday)).toBe('completion')
    expect(lastStepOf(visit('no_show', 'no_show'), isToday)).toBe('no-show')
  })
  it('is none of another day, none that was not taken, and none that is only on its way', () => {
    expect(lastStepOf(visit('arrived', 'arrival', '2027-02-28T23:00:00Z'), isToday)).toBeUndefined()
    expect(lastStepOf(visit('scheduled'), isToday)).toBeUndefined()
    expect(lastStepOf(visit('in_chair', 'arrival'), isToday)).toBeUndefined()
  })
})
