import type { DayVisit } from '@chairside/api'
import { expect, it } from 'vitest'
import { patched, spanOf } from './patched'

const visit = (id: string, hour: number, version = 1) =>
  ({ id, version, starts_at: `2027-03-01T${hour}:00:00Z`, ends_at: `2027-03-01T${hour + 1}:00:00Z` }) as DayVisit

const board = { appointments: [visit('a', 10), visit('b', 11)], columns: 'as they were' }

it('takes in what came, what moved and what went, in the order of time, and leaves the rest as it is', () => {
  const after = patched(board, [visit('c', 12), visit('a', 13, 2)], ['b', 'x'])
  expect(after.appointments.map(one => [one.id, one.version])).toEqual([
    ['c', 1],
    ['a', 2],
  ])
  expect(after.columns).toBe('as they were')
  expect(patched(board, [], ['x']).appointments[0]).toBe(board.appointments[0])
})

it('never goes back to an older version', () => {
  expect(patched({ appointments: [visit('a', 10, 3)] }, [visit('a', 15, 2)], []).appointments[0]?.version).toBe(3)
})

it('knows which days a board shows', () => {
  expect(spanOf(['north', 'schedule', '2027-03-01', 'provider'])).toEqual({ date: '2027-03-01', days: 1 })
  expect(spanOf(['north', 'schedule', 'week', '2027-03-01', '2027-03-07', 'provider', 'p'])).toEqual({
    date: '2027-03-01',
    days: 7,
    by: 'provider',
    of: 'p',
  })
})
