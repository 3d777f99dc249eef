import type { DayVisit, GroupSession } from '@chairside/api'
import { describe, expect, it } from 'vitest'
import { blocksOf, takenOf } from './blocks'

const visit = (id: string, starts_at: string, group_session_id: string | null = null, status = 'scheduled') =>
  ({ id, starts_at, group_session_id, status }) as DayVisit
const session = { id: 's', name: 'Class', starts_at: '2027-03-01T09:00:00Z', capacity: 8 } as GroupSession

describe('blocks', () => {
  it('are visits as they are where there is no session', () => {
    const appointments = [visit('a', '2027-03-01T10:00:00Z'), visit('b', '2027-03-01T09:00:00Z')]
    expect(blocksOf({ appointments, group_sessions: [] }).map(one => one.visit.id)).toEqual(['a', 'b'])
  })

  it('have a session once, in its time, with everybody in it', () => {
    const appointments = [
      visit('a', '2027-03-01T08:00:00Z'),
      visit('b', '2027-03-01T09:00:00Z', 's'),
      visit('c', '2027-03-01T09:00:00Z', 's', 'no_show'),
      visit('d', '2027-03-01T10:00:00Z'),
    ]
    const blocks = blocksOf({ appointments, group_sessions: [session] })
    expect(blocks.map(one => one.visit.id)).toEqual(['a', 's', 'd'])
    expect(blocks[1]?.seats?.map(one => one.id)).toEqual(['b', 'c'])
    expect(takenOf(blocks[1]?.seats)).toBe(1)
    expect(blocks[1]?.visit.patient.name).toBe('Class')
  })

  it('show a session nobody is in, and a seat whose session is not known by itself', () => {
    expect(blocksOf({ appointments: [], group_sessions: [session] }).map(one => one.visit.id)).toEqual(['s'])
    const appointments = [visit('b', '2027-03-01T09:00:00Z', 'other')]
    expect(blocksOf({ appointments, group_sessions: [session] }).map(one => one.visit.id)).toEqual(['b', 's'])
  })

  it('are as far along as the one who is least far', () => {
    const of = (...statuses: string[]) =>
      blocksOf({
        appointments: statuses.map((status, n) => visit(`${n}`, '2027-03-01T09:00:00Z', 's', status)),
        group_sessions: [session],
      })[0]?.visit.status
    expect(of()).toBe('scheduled')
    expect(of('completed', 'arrived', 'no_show')).toBe('arrived')
    expect(of('completed', 'completed')).toBe('completed')
  })
})
