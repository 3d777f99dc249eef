import type { Charge, Entry, Invoice, Method } from '@chairside/api'

export const METHODS = ['cash', 'card', 'check', 'transfer'] as const satisfies Method[]

/** What money can be given to: an invoice, or the one that is about to be made (`id` is then NEW). */
export type Target = { id: string; due: number; dueOn: string | null }
export const NEW = 'new'

/** A payment over what is open, in the order given: each is covered before the next gets anything. */
export function spread(amount: number, targets: readonly Target[]): Record<string, number> {
  let left = Math.max(0, amount)
  const shares: Record<string, number> = {}
  for (const target of targets) {
    const share = Math.min(left, target.due)
    shares[target.id] = share
    left -= share
  }
  return shares
}

/** Those due first first, of the same day the older one (ids grow with time, NEW comes after them); without a due day last. */
export const byDue = (one: Target, other: Target) =>
  (one.dueOn ?? '9999').localeCompare(other.dueOn ?? '9999') || (one.id < other.id ? -1 : 1)

export const isOpen = (invoice: Invoice) => invoice.balance_due.amount > 0 && !['draft', 'void'].includes(invoice.status)

export const sumOf = (charges: readonly Charge[]) => charges.reduce((sum, charge) => sum + charge.amount.amount, 0)

/** What the balance was after each entry, the newest first: it is what it is now, less everything later. */
export function running(balance: number, entries: readonly Entry[]): number[] {
  let after = balance
  return entries.map(entry => {
    const then = after
    after -= entry.amount.amount
    return then
  })
}

/** The server writes the ledger in one language; what it writes itself is told again in the reader's. */
export type Told =
  | { say: 'payment'; method: Method }
  | { say: 'reversed'; what: string; why?: string }
  | { say: 'creditApplied'; number: string }
  | { say: 'words'; words: string }
  | { say: 'kind'; why: string }

export function told({ kind, description }: Entry): Told {
  const method = METHODS.find(one => description === `Payment (${one})`)
  if (kind === 'payment' && method) return { say: 'payment', method }
  const reversed = kind === 'reversal' && /^Reversed: (.*?)(?: \(([^()]*)\))?$/s.exec(description)
  if (reversed) return { say: 'reversed', what: reversed[1] ?? '', why: reversed[2] }
  const applied = /^Credit applied to (.+)$/.exec(description)
  if (kind === 'transfer' && applied) return { say: 'creditApplied', number: applied[1] ?? '' }
  if (kind === 'charge') return { say: 'words', words: description }
  return { say: 'kind', why: description }
}
