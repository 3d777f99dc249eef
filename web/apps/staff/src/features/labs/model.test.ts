import { describe, expect, it } from 'vitest'
import { isAway, nextOf } from './model'

describe('a lab case', () => {
  it('goes on by steps that whoever asks may take', () => {
    expect(nextOf('planned', { write: true, track: true })).toEqual(['sent', 'cancelled'])
    expect(nextOf('sent', { write: false, track: true })).toEqual(['received'])
    expect(nextOf('received', { write: false, track: true })).toEqual([])
    expect(nextOf('sent', { write: false, track: false })).toEqual([])
    expect(nextOf('cancelled', { write: true, track: true })).toEqual([])
  })
  it('is away until it is back', () => {
    expect(
      (['planned', 'sent', 'returned', 'received', 'checked', 'cancelled'] as const).map(status => isAway({ status })),
    ).toEqual([true, true, true, false, false, false])
  })
})
