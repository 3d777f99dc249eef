import type { Occurrence } from '@chairside/api'
import { describe, expect, it } from 'vitest'
import { type Choices, type Draft, decided, repeatOf, rowsOf, wrongIn } from './draft'

const draft: Draft = { unit: 'week', every: '2', weekdays: [4, 1], ends: 'times', times: '10', until: '2027-06-01' }
const day = (on: string, ...codes: string[]): Occurrence => ({
  on,
  starts_at: `${on}T08:00:00Z`,
  ends_at: `${on}T08:30:00Z`,
  free: !codes.length,
  reasons: codes.map(code => ({
    kind: 'provider',
    because: {
      code: code as 'taken',
      starts_at: null,
      ends_at: null,
      appointment_id: null,
      hours: [],
      reason: null,
      group_session_id: null,
      seats: null,
      capacity: null,
    },
  })),
  instead: codes.length ? `${on}T09:00:00Z` : null,
})
const found = [day('2027-03-01'), day('2027-03-04', 'taken'), day('2027-03-15', 'holiday'), day('2027-03-18')]
const outcome = (choices: Choices) => decided(rowsOf(found, choices), choices)

describe('what is asked', () => {
  it('names weekdays of weeks only, and one end', () => {
    expect(repeatOf(draft, '2027-03-01', '10:00')).toEqual({
      ...{ unit: 'week', every: 2, weekdays: [1, 4], starts_on: '2027-03-01', time: '10:00', times: 10 },
    })
    expect(repeatOf({ ...draft, unit: 'month', ends: 'until' }, '2027-03-01', '10:00')).toEqual({
      ...{ unit: 'month', every: 2, weekdays: [], starts_on: '2027-03-01', time: '10:00', until: '2027-06-01' },
    })
  })
  it('is not asked before it is complete', () => {
    expect(wrongIn(draft, '2027-03-01')).toEqual([])
    expect(wrongIn({ ...draft, every: '0', times: '53', weekdays: [] }, '2027-03-01')).toEqual(['every', 'times', 'weekdays'])
    expect(wrongIn({ ...draft, ends: 'until', until: '2027-02-28' }, '2027-03-01')).toEqual(['until'])
  })
})

describe('what is booked', () => {
  it('is what can be had, unless somebody decides otherwise', () => {
    expect(outcome({})).toEqual({ skip: ['2027-03-04', '2027-03-15'], instead: [] })
    expect(outcome({ '2027-03-18': 'leave' }).skip).toEqual(['2027-03-04', '2027-03-15', '2027-03-18'])
  })
  it('takes another time, or the time although nobody works then', () => {
    const choices: Choices = { '2027-03-04': { at: '2027-03-04T09:00:00Z' }, '2027-03-15': 'anyway' }
    expect(outcome(choices)).toEqual({
      skip: [],
      instead: [
        { on: '2027-03-04', starts_at: '2027-03-04T09:00:00Z' },
        { on: '2027-03-15', starts_at: '2027-03-15T08:00:00Z' },
      ],
    })
  })
  it('may not be insisted on where somebody has the time', () => {
    expect(rowsOf(found, {}).map(row => row.taken)).toEqual([false, true, false, false])
    expect(outcome({ '2027-03-04': 'anyway' }).skip).toEqual(['2027-03-04', '2027-03-15'])
  })
})
