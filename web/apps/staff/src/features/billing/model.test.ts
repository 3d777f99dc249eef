import type { Entry } from '@chairside/api'
import { describe, expect, it } from 'vitest'
import { byDue, NEW, running, spread, told } from './model'

const target = (id: string, due: number, dueOn: string | null = null) => ({ id, due, dueOn })
const entry = (kind: Entry['kind'], description: string, amount = 0) =>
  ({ kind, description, amount: { amount, currency: 'RON' } }) as Entry

describe('a payment over invoices', () => {
  it('covers each before the next', () =>
    expect(spread(25, [target('a', 10), target('b', 20), target('c', 5)])).toEqual({ a: 10, b: 15, c: 0 }))
  it('never covers more than is due', () => expect(spread(100, [target('a', 10)])).toEqual({ a: 10 }))
  it('takes nothing for less than nothing', () => expect(spread(-5, [target('a', 10)])).toEqual({ a: 0 }))
  it('takes the older of two that are due on one day, and what is not made yet after both', () =>
    expect(
      [target(NEW, 1, '2026-03-01'), target('01b', 1, '2026-03-01'), target('01a', 1, '2026-03-01')]
        .sort(byDue)
        .map(one => one.id),
    ).toEqual(['01a', '01b', NEW]))
  it('begins with what is due first', () =>
    expect([target('x', 1), target('b', 1, '2026-03-01'), target('a', 1, '2025-12-31')].sort(byDue).map(one => one.id)).toEqual([
      'a',
      'b',
      'x',
    ]))
})

it('knows what the balance was after each entry', () =>
  expect(running(70, [entry('payment', '', -30), entry('charge', '', 60), entry('charge', '', 40)])).toEqual([70, 100, 40]))

it.each([
  [entry('payment', 'Payment (card)'), { say: 'payment', method: 'card' }],
  [entry('payment', 'Payment by barter'), { say: 'kind', why: 'Payment by barter' }],
  [
    entry('reversal', 'Reversed: Filling (2 surfaces) (wrong tooth)'),
    { say: 'reversed', what: 'Filling (2 surfaces)', why: 'wrong tooth' },
  ],
  [entry('reversal', 'Reversed: Filling'), { say: 'reversed', what: 'Filling', why: undefined }],
  [entry('transfer', 'Credit applied to 2026-0001'), { say: 'creditApplied', number: '2026-0001' }],
  [entry('charge', 'Check-up'), { say: 'words', words: 'Check-up' }],
  [entry('write_off', 'too small to ask for'), { say: 'kind', why: 'too small to ask for' }],
])('tells an entry', (one, expected) => expect(told(one)).toEqual(expected))
