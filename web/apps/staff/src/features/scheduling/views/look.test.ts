import { describe, expect, it } from 'vitest'
import { isSame, lookOf, searchOf } from './look'

describe('a look at the schedule', () => {
  it('is the day in operatories where nothing is said', () =>
    expect(lookOf({})).toEqual({ view: 'day', span: 'day', by: 'operatory', of: null, columns: [] }))
  it('of a week is of providers, and of everybody unless of one', () => {
    expect(lookOf({ view: 'week', of: 'all' })).toEqual({ view: 'week', span: 'day', by: 'provider', of: null, columns: [] })
    expect(lookOf({ view: 'agenda', span: 'week', of: 'ana' })).toMatchObject({ span: 'week', of: 'ana' })
  })
  it('leads back to where it was taken', () => {
    for (const search of [
      { by: 'operatory' as const, columns: ['a', 'b'] },
      { view: 'week' as const, by: 'provider' as const, of: 'all' },
      { view: 'agenda' as const, span: 'week' as const, by: 'operatory' as const, of: 'a' },
    ])
      expect(searchOf(lookOf(search))).toEqual({ view: undefined, span: undefined, of: undefined, columns: undefined, ...search })
  })
  it('keeps no columns of a day for a week, and no week for a day', () => {
    expect(lookOf({ view: 'week', columns: ['a'] }).columns).toEqual([])
    expect(lookOf({ of: 'ana', span: 'week' })).toMatchObject({ of: null, span: 'day' })
  })
  it('is the same in whatever order its columns were chosen, and another with one more', () => {
    const [one, other] = [lookOf({ columns: ['a', 'b'] }), lookOf({ columns: ['b', 'a'] })]
    expect(isSame(one, other)).toBe(true)
    expect(isSame(one, lookOf({ columns: ['a'] }))).toBe(false)
    expect(isSame(one, lookOf({ columns: ['a', 'b'], by: 'provider' }))).toBe(false)
  })
})
