import type { Drawer } from '@chairside/api'
import { latin } from '@/lib/digits'
import { readAmount } from '@/lib/money'

/** What is being typed. Cash by denomination, or as one sum; `missing` are the checks that are not there. */
export type Count = {
  by: 'notes' | 'sum'
  notes: Record<number, string>
  sum: string
  card: string
  kept: string
  missing: string[]
}

/** How many, of what was typed: nothing is none; undefined when it is no number. */
export function readCount(text = ''): number | undefined {
  const bare = latin(text).trim()
  if (!bare) return 0
  return /^\d{1,6}$/.test(bare) ? Number(bare) : undefined
}

/** Everything that follows from what was typed, in minor units; undefined where it cannot be read. */
export function tally(count: Count, drawer: Drawer, currency: string) {
  const counts = drawer.denominations.map(value => [value, readCount(count.notes[value])] as const)
  const notes = counts.every(([, many]) => many !== undefined)
    ? counts.reduce((sum, [value, many]) => sum + value * (many ?? 0), 0)
    : undefined
  const cash = count.by === 'notes' ? notes : readAmount(count.sum || '0', currency)
  const checks = drawer.items
    .filter(item => item.method === 'check' && !count.missing.includes(item.id))
    .reduce((sum, item) => sum + item.amount.amount, 0)
  const card = readAmount(count.card || '0', currency)
  const kept = count.kept.trim() ? readAmount(count.kept, currency) : Math.min(drawer.settings.float.amount, cash ?? 0)
  const expected = {
    cash: drawer.opening_float.amount + (drawer.expected.cash?.amount ?? 0),
    check: drawer.expected.check?.amount ?? 0,
    card: drawer.expected.card?.amount ?? 0,
  }
  const counted = { cash, check: checks, card }
  const apart = (method: 'cash' | 'check' | 'card') => {
    const found = counted[method]
    return found === undefined ? undefined : found - expected[method]
  }
  const difference = { cash: apart('cash'), check: apart('check'), card: apart('card') }
  return {
    expected,
    counted,
    difference,
    kept,
    differs: Object.values(difference).some(one => one !== 0),
    /** Notes and coins that go, and the checks that are there: what is written on the slip. */
    deposit: cash === undefined || kept === undefined ? undefined : cash - kept + inHand(drawer, count.missing),
    notes: Object.fromEntries(counts.filter(([, many]) => many)) as Record<string, number>,
  }
}
export type Tally = ReturnType<typeof tally>

const inHand = (drawer: Drawer, missing: readonly string[]) =>
  drawer.items
    .filter(item => item.method === 'check' && !missing.includes(item.id))
    .reduce((sum, item) => sum + item.amount.amount, 0)

export const emptyCount = (): Count => ({ by: 'notes', notes: {}, sum: '', card: '', kept: '', missing: [] })
