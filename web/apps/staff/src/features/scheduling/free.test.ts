import type { DayVisit, Schedule } from '@chairside/api'
import type { Day } from '@chairside/schedule'
import { describe, expect, it } from 'vitest'
import { findFree, firstFree, isFree } from './free'

const visit = (starts: string, ends: string, more: Partial<DayVisit> = {}) =>
  ({
    id: starts,
    starts_at: `2027-03-01T${starts}:00Z`,
    ends_at: `2027-03-01T${ends}:00Z`,
    provider_id: 'dr',
    operatory_id: 'one',
    patient_id: 'ada',
    status: 'scheduled',
    buffer_before_minutes: 0,
    buffer_after_minutes: 0,
    ...more,
  }) as DayVisit
const on = (...appointments: DayVisit[]) => ({ appointments }) as Schedule
const slot = (starts: string, minutes = 30, more = {}) => ({
  starts_at: `2027-03-01T${starts}:00Z`,
  duration_minutes: minutes,
  provider_id: 'dr',
  operatory_id: 'one' as string | null,
  ...more,
})

describe('whether a time is free', () => {
  const crown = visit('10:00', '11:00', { buffer_before_minutes: 5, buffer_after_minutes: 15 })
  it('leaves out what a visit keeps free around it', () => {
    expect(isFree(on(crown), { slot: slot('11:00') })).toBe(false)
    expect(isFree(on(crown), { slot: slot('11:15') })).toBe(true)
    expect(isFree(on(crown), { slot: slot('09:30') })).toBe(false)
    expect(isFree(on(crown), { slot: slot('09:25') })).toBe(true)
  })
  it('adds what the new visit keeps free itself', () => {
    expect(isFree(on(crown), { slot: slot('11:15'), before: 5 })).toBe(false)
    expect(isFree(on(crown), { slot: slot('11:20'), before: 5 })).toBe(true)
  })
  it('asks for the provider, the operatory and the patient, each for itself', () => {
    expect(isFree(on(crown), { slot: slot('10:00', 30, { operatory_id: 'two' }) })).toBe(false)
    expect(isFree(on(crown), { slot: slot('10:00', 30, { provider_id: 'other' }) })).toBe(false)
    const elsewhere = slot('11:00', 30, { provider_id: 'other', operatory_id: 'two' })
    expect(isFree(on(crown), { slot: { ...elsewhere, starts_at: crown.starts_at }, patient: 'ada' })).toBe(false)
    expect(isFree(on(crown), { slot: elsewhere, patient: 'ada' })).toBe(true)
    expect(isFree(on({ ...crown, operatory_id: null }), { slot: { ...elsewhere, operatory_id: null } })).toBe(true)
  })
  it('does not count who did not come, nor the visit that is moved', () => {
    expect(isFree(on({ ...crown, status: 'no_show' }), { slot: slot('10:00') })).toBe(true)
    expect(isFree(on(crown), { slot: slot('10:15'), except: crown.id })).toBe(true)
  })
})

describe('the first free time', () => {
  const column = (id: string, ...open: [number, number][]) => ({ id, title: id, open })
  const item = (column: number, start: number, length: number, more = {}) => ({
    ...{ id: `${column}-${start}`, column, start, length, busy: true },
    ...more,
  })
  const day: Day = { columns: [column('a', [60, 300]), column('b', [0, 600])], minutes: 600, items: [] }
  it('is while the column is open', () => {
    expect(firstFree(day)).toEqual({ column: 0, start: 60, length: 30 })
  })
  it('is long enough, and clear of what is kept free', () => {
    const items = [item(0, 60, 30, { after: 10 }), item(0, 130, 30)]
    expect(firstFree({ ...day, items })).toEqual({ column: 0, start: 100, length: 30 })
    expect(firstFree({ ...day, items }, undefined, { minutes: 60 })).toEqual({ column: 0, start: 165, length: 60 })
  })
  it('is in another column when its own is full, and outside the hours only at last', () => {
    const full = [item(0, 60, 240)]
    expect(firstFree({ ...day, items: full })).toEqual({ column: 1, start: 0, length: 30 })
    expect(firstFree({ ...day, columns: [column('a')], items: [item(0, 0, 60)] })).toEqual({ column: 0, start: 60, length: 30 })
  })
  it('is where somebody is free to do it', () => {
    expect(firstFree(day, undefined, { fits: place => place.start >= 120 })).toMatchObject({ start: 120 })
  })
  it('is none on a full day', () => {
    const full = [item(0, 0, 600), item(1, 0, 590)]
    expect(findFree({ ...day, items: full }, { column: 0, start: 0, length: 0 }, {})).toBeUndefined()
  })
  it('is not over yet', () => {
    const columns = day.columns.map(column => ({ ...column, over: 200 }))
    expect(firstFree({ ...day, columns, now: 200 })).toMatchObject({ start: 195 })
  })
})
