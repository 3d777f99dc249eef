import type { Charge, Invoice, Ledger, Method } from '@chairside/api'
import { useState } from 'react'
import { useMay, useWriting } from '@/lib/clinic'
import { readAmount, writeAmount } from '@/lib/money'
import { byDue, isOpen, NEW, spread, sumOf, type Target } from './model'

export type Covered = Target & { invoice?: Invoice }
type Given = { ledger: Ledger; charges: Charge[]; invoices: Invoice[][]; first?: Invoice }

/** What a payment is about to do, as it is being typed: how much, how, and what it covers. */
export function usePayment({ ledger, charges, invoices, first }: Given) {
  const { currency, format, today } = useWriting()
  const mayInvoice = useMay('billing.invoice')
  const write = (amount: number) => writeAmount({ amount, currency }, format)
  const due = first ? first.balance_due.amount : Math.max(0, ledger.balance.amount)
  const [text, setText] = useState(due ? write(due) : '')
  const [method, setMethod] = useState<Method>('cash')
  const [wantsBilling, setBilling] = useState(!first)
  const mayBill = mayInvoice && charges.length > 0
  const billing = wantsBilling && mayBill
  const [spending, setSpending] = useState(ledger.unapplied.amount > 0)
  const [edited, setEdited] = useState<Record<string, string>>()

  const [own = [], ...others] = invoices.map(list =>
    list
      .filter(isOpen)
      .map((invoice): Covered => ({ id: invoice.id, due: invoice.balance_due.amount, dueOn: invoice.due_on, invoice })),
  )
  const made: Covered[] = billing ? [{ id: NEW, due: sumOf(charges), dueOn: today.toString() }] : []
  const mine = [...own, ...made].sort(byDue)
  const ordered = [...mine.filter(target => target.id === first?.id), ...mine.filter(target => target.id !== first?.id)]
  const mayCredit = ledger.unapplied.amount > 0 && ordered.length > 0
  /** Unused credit goes first, so that a balance that is paid leaves no invoice half open. */
  const credits = spread(spending && mayCredit ? ledger.unapplied.amount : 0, ordered)
  const targets = [
    ...ordered.map(target => ({ ...target, due: target.due - (credits[target.id] ?? 0) })),
    ...others.flat().sort(byDue),
  ]

  const amount = readAmount(text, currency)
  const shares = edited
    ? Object.fromEntries(targets.map(target => [target.id, readAmount(edited[target.id] || '0', currency)]))
    : spread(amount ?? 0, targets)
  const covered = targets.reduce((sum, target) => sum + (shares[target.id] ?? 0), 0)
  return {
    text,
    setText,
    amount,
    method,
    setMethod,
    billing,
    setBilling,
    mayCredit,
    spending,
    setSpending,
    credits,
    mayBill,
    targets,
    shares,
    edited: !!edited,
    /** What stands in the field of one target. */
    shown: (id: string) => edited?.[id] ?? write(shares[id] ?? 0),
    /** From the first change on, the parts are the person's own. */
    edit: (id: string, value: string) =>
      setEdited({
        ...Object.fromEntries(targets.map(one => [one.id, edited?.[one.id] ?? write(shares[one.id] ?? 0)])),
        [id]: value,
      }),
    oldestFirst: () => setEdited(undefined),
    rest: (amount ?? 0) - covered,
    write,
  }
}
export type PaymentPlan = ReturnType<typeof usePayment>
