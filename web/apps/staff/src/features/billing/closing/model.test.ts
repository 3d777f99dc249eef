import type { Drawer } from '@chairside/api'
import { describe, expect, it } from 'vitest'
import { emptyCount, readCount, tally } from './model'

const money = (amount: number) => ({ amount, currency: 'RON' })
const drawer = {
  denominations: [10000, 5000, 100, 50],
  opening_float: money(10000),
  expected: { cash: money(15100), check: money(700), card: money(900), transfer: money(0) },
  items: [
    { id: 'a', method: 'check', amount: money(500) },
    { id: 'b', method: 'check', amount: money(200) },
    { id: 'c', method: 'cash', amount: money(15100) },
  ],
  settings: { float: money(10000), bank_account: null, version: 1 },
} as unknown as Drawer

describe('a count of the drawer', () => {
  it('fits when what lies there is the float and what came in', () => {
    const found = tally({ ...emptyCount(), notes: { 10000: '2', 5000: '1', 100: '1' }, card: '9' }, drawer, 'RON')
    expect(found.difference).toEqual({ cash: 0, check: 0, card: 0 })
    expect(found).toMatchObject({ differs: false, kept: 10000, deposit: 15100 + 700 })
    expect(found.notes).toEqual({ 10000: 2, 5000: 1, 100: 1 })
  })
  it('misses what is not there', () => {
    const found = tally({ ...emptyCount(), by: 'sum', sum: '250,50', card: '9', missing: ['b'] }, drawer, 'RON')
    expect(found.difference).toEqual({ cash: -50, check: -200, card: 0 })
    expect(found.differs).toBe(true)
  })
  it('says nothing of what cannot be read', () => {
    const found = tally({ ...emptyCount(), notes: { 10000: 'two' } }, drawer, 'RON')
    expect([found.counted.cash, found.difference.cash, found.deposit]).toEqual([undefined, undefined, undefined])
    expect(found.differs).toBe(true)
  })
})

it.each([
  ['', 0],
  [' 12 ', 12],
  ['١٢', 12],
  ['1.5', undefined],
  ['-1', undefined],
  ['1234567', undefined],
])('reads how many: %s', (text, many) => expect(readCount(text)).toBe(many))
