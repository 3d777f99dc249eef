import { describe, expect, test } from 'vitest'
import { askable, type Draft, EMPTY, toggled } from './draft'

const whole: Draft = { ...EMPTY, service_ids: ['s'], providers: [{ provider_id: 'p', priority: 1 }] }

describe('what is asked while somebody writes', () => {
  test('is nothing before there is a service and a provider', () => {
    expect(askable(EMPTY)).toBeUndefined()
    expect(askable({ ...whole, providers: [] })).toBeUndefined()
    expect(askable(whole)?.name).toBe('–')
  })
  test('leaves out what is needed until enough are chosen', () => {
    const requires = [
      { any_of: ['a'], need: 2, from: 0, to: null },
      { any_of: ['b'], need: 1, from: 20, to: 10 },
      { any_of: ['c'], need: 1, from: 0, to: 10 },
    ]
    expect(askable({ ...whole, requires })?.requires).toEqual([requires[2]])
  })
  test('is nothing while the last day is before the first', () => {
    expect(askable({ ...whole, window: { start: '2027-03-02', end: '2027-03-01' } })).toBeUndefined()
  })
})

test('what is chosen keeps its order', () => {
  expect(toggled(toggled(['a', 'b'], 'a'), 'a')).toEqual(['b', 'a'])
})
