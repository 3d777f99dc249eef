import {
  type Charge,
  change,
  type DayVisit,
  type Invoice,
  type Money,
  type NewCharge,
  type NewPayment,
  type Payment,
} from '@chairside/api'

/** Money shows in many places: the patient's ledger, the day's cards, the day's numbers. */
export const MONEY_TOUCHES = ['ledger', 'charges', 'invoices', 'payments', 'schedule', 'today']
const touches = MONEY_TOUCHES
const LEDGER = '/clinics/{clinic}/patients/{patient_id}/ledger'
const INVOICE = '/clinics/{clinic}/invoices/{invoice_id}'

export const addCharge = (clinic: string, patient_id: string, body: NewCharge) =>
  change('post', `${LEDGER}/charges`, { params: { clinic, patient_id }, touches, body })

/** A mistaken charge is taken back; the ledger shows both. */
export const reverseCharge = (clinic: string, { id, patient_id, version }: Charge, reason: string) =>
  change('post', `${LEDGER}/charges/{charge_id}/reversal`, {
    params: { clinic, patient_id, charge_id: id },
    version,
    touches,
    body: { reason },
  })

export type Adjustment = { amount: Money; reason: string; kind: 'adjustment' | 'write_off' }
export const adjust = (clinic: string, patient_id: string, body: Adjustment) =>
  change('post', `${LEDGER}/adjustments`, { params: { clinic, patient_id }, touches, body })

export const draft = (clinic: string, patient_id: string, charge_ids: string[], payment_terms_days = 0, note?: string) =>
  change('post', '/clinics/{clinic}/invoices', {
    params: { clinic },
    touches,
    body: { patient_id, charge_ids, payment_terms_days, note: note || undefined },
  })

const toward = (clinic: string, { id, version }: Pick<Invoice, 'id' | 'version'>) => ({
  params: { clinic, invoice_id: id },
  thing: id,
  version,
  touches,
})

export const issue = (clinic: string, invoice: Invoice) => change('post', `${INVOICE}/issue`, toward(clinic, invoice))
export const discard = (clinic: string, invoice: Invoice) => change('delete', INVOICE, toward(clinic, invoice))
export const voidInvoice = (clinic: string, invoice: Invoice, reason: string) =>
  change('post', `${INVOICE}/void`, { ...toward(clinic, invoice), body: { reason } })
/** Without an amount, as much as there is and is due. */
export const applyCredit = (clinic: string, invoice: Invoice, amount?: Money) =>
  change('post', `${INVOICE}/allocations`, { ...toward(clinic, invoice), body: { amount } })
export const changeDraft = (clinic: string, invoice: Invoice, body: { due_on: string | null; note: string | null }) =>
  change('patch', INVOICE, { ...toward(clinic, invoice), body })

export const takePayment = (clinic: string, body: NewPayment) =>
  change('post', '/clinics/{clinic}/payments', { params: { clinic }, touches, body })

export const refund = (clinic: string, { id, version }: Payment, amount: Money, reason: string) =>
  change('post', '/clinics/{clinic}/payments/{payment_id}/refunds', {
    params: { clinic, payment_id: id },
    thing: id,
    version,
    touches,
    body: { amount, reason },
  })

const VISIT = '/clinics/{clinic}/appointments/{appointment_id}/completion'
const ofVisit = (clinic: string, { id, version }: Pick<DayVisit, 'id' | 'version'>) => ({
  params: { clinic, appointment_id: id },
  thing: id,
  version,
  touches: [...touches, 'visits'],
})
export type Completion = {
  items: { service_id: string; quantity: number; price?: Money; price_reason?: string }[]
}

/** What was done, charged in the same commit. */
export const complete = (clinic: string, visit: DayVisit, body: Completion) => ({
  ...change('post', VISIT, { ...ofVisit(clinic, visit), body }),
  foreseen: { id: visit.id, status: 'completed' },
})
/** The charges go with it; refused once they are on an invoice. */
export const takeCompletionBack = (clinic: string, visit: DayVisit) => ({
  ...change('delete', VISIT, ofVisit(clinic, visit)),
  foreseen: { id: visit.id, status: visit.status },
})
