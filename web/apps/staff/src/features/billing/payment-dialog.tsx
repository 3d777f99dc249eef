import type { Charge, Invoice, Ledger } from '@chairside/api'
import { Button, Check, Dialog, DialogFoot, Field, Kbd, notify } from '@chairside/ui'
import { useInfiniteQuery, useQueries, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { MoneyField } from '@/features/catalog'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { carefulKeys, focusOn } from '@/lib/enter'
import { FormTrouble } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { ANEW, useReadAnew } from '@/lib/read-anew'
import { Covers } from './covers'
import { MethodChoice } from './method-choice'
import { NEW, sumOf } from './model'
import { familyQuery, ledgerQuery, openChargesQuery, patientInvoicesQuery, receiptPaper } from './queries'
import { moneyField, useMoneyForm } from './use-money-form'
import { usePayment } from './use-payment'
import { applyCredit, draft, issue, takePayment } from './writes'

type Props = {
  patient: { id: string; name: string }
  /** Pays this one, and what is left over goes to the others. */
  invoice?: Invoice
  onClose: () => void
}

/** Money comes in: what is due stands there already, the oldest invoices are covered first, Ctrl+Enter takes it. */
export function PaymentDialog({ patient, invoice, onClose }: Props) {
  const t = useTranslations('billing')
  const states = useTranslations('states')
  const clinic = useSlug()
  const ledger = useInfiniteQuery({ ...ledgerQuery(clinic, patient.id), ...ANEW })
  const charges = useQuery({ ...openChargesQuery(clinic, patient.id), ...ANEW })
  const family = useQuery(familyQuery(clinic, patient.id))
  const relatives = family.data?.map(one => one.id).filter(id => id !== patient.id) ?? []
  const lists = useQueries({
    queries: [patient.id, ...relatives].map(id => ({ ...patientInvoicesQuery(clinic, id), ...ANEW })),
  })
  const read = [ledger, charges, ...lists]
  // What was due a moment ago must not be proposed as what is due now.
  const anew = useReadAnew(family.isSuccess ? read : undefined)
  const first = ledger.data?.pages[0]
  const invoices = lists.map(list => list.data ?? [])
  const ready = anew && first && charges.data && { ledger: first, charges: charges.data, invoices }
  const all = [family, ...read]
  const to = {
    data: ready || undefined,
    error: all.find(one => one.error)?.error ?? null,
    fetchStatus: all.find(one => one.fetchStatus === 'paused')?.fetchStatus,
    refetch: () => Promise.all(all.map(one => one.refetch())),
  }
  return (
    <Dialog open onClose={onClose} title={t('takePayment')} about={<bdi>{patient.name}</bdi>} close={states('close')}>
      <Answer to={to}>
        {data => (
          <PaymentForm
            {...data}
            patient={patient}
            first={invoice && (data.invoices[0]?.find(one => one.id === invoice.id) ?? invoice)}
            onClose={onClose}
          />
        )}
      </Answer>
    </Dialog>
  )
}

/** The patient's own invoices stand first, then those of each relative. */
type FormProps = Omit<Props, 'invoice'> & { ledger: Ledger; charges: Charge[]; invoices: Invoice[][]; first?: Invoice }

function PaymentForm({ patient, ledger, charges, invoices, first, onClose }: FormProps) {
  const t = useTranslations('billing')
  const states = useTranslations('states')
  const clinic = useSlug()
  const writing = useWriting()
  const once = useOnce()
  const plan = usePayment({ ledger, charges, invoices, first })
  const { currency } = writing
  const form = useMoneyForm({
    fieldOf: moneyField,
    check: ({ text }) => ({
      amount: text('amount') && (plan.amount === undefined || plan.amount <= 0) ? t('amountWrong') : undefined,
      ...Object.fromEntries(
        plan.targets.map(({ id, due }) => {
          const share = plan.shares[id]
          return [`share-${id}`, share === undefined || share < 0 ? t('amountWrong') : share > due ? t('moreThanDue') : undefined]
        }),
      ),
      covers: plan.rest < 0 ? t('tooMuchCovered') : undefined,
    }),
    async save({ text }) {
      const ids = charges.map(charge => charge.id)
      const made = plan.billing ? await once(issue(clinic, await once(draft(clinic, patient.id, ids)))) : undefined
      for (const { id, invoice } of plan.targets) {
        const credit = plan.credits[id] ?? 0
        const covered = id === NEW ? made : invoice
        if (credit > 0 && covered) await once(applyCredit(clinic, covered, { amount: credit, currency }))
      }
      const allocations = plan.targets.flatMap(({ id }) => {
        const share = plan.shares[id] ?? 0
        const invoice_id = id === NEW ? made?.id : id
        return share > 0 && invoice_id ? [{ invoice_id, amount: { amount: share, currency } }] : []
      })
      const amount = { amount: plan.amount ?? 0, currency }
      const reference = text('reference') || undefined
      const payment = await once(
        takePayment(clinic, { patient_id: patient.id, amount, method: plan.method, reference, allocations }),
      )
      notify({
        tone: 'ok',
        title: t('received', { sum: writing.money(payment.amount), name: patient.name }),
        about: payment.unapplied.amount > 0 ? t('keptCredit', { sum: writing.money(payment.unapplied) }) : undefined,
        offers: [{ label: t('receipt'), run: () => window.open(receiptPaper(clinic, payment.id), '_blank') }],
      })
      onClose()
    },
  })
  const sums: [string, number][] = [
    [t('balance'), ledger.balance.amount],
    [t('familyBalance'), ledger.family_balance.amount],
  ]
  const offered = sums.filter(([, sum], at) => sum > 0 && sum !== plan.amount && sums.findIndex(one => one[1] === sum) === at)
  const sum = plan.amount && plan.amount > 0 ? writing.money({ amount: plan.amount, currency }) : undefined
  return (
    <form {...form.props} onKeyDown={carefulKeys(form)} className="flex min-h-0 flex-col">
      <div className="grid gap-4 overflow-y-auto px-5 pt-4 pb-5">
        <FormTrouble form={form} />
        <div className="grid gap-2">
          <MoneyField
            {...form.field('amount')}
            label={t('amount')}
            required
            autoFocus
            value={plan.text}
            onChange={event => plan.setText(event.target.value)}
          />
          {offered.length > 0 && (
            <div className="flex flex-wrap gap-1.5">
              {offered.map(([label, offer]) => (
                <Button
                  key={label}
                  size="sm"
                  variant="outline"
                  onClick={event => {
                    plan.setText(plan.write(offer))
                    // The button goes once it has been followed; the focus must not go with it.
                    focusOn(event.currentTarget.form, 'amount')
                  }}
                >
                  {label} <bdi>{writing.money({ amount: offer, currency })}</bdi>
                </Button>
              ))}
            </div>
          )}
        </div>
        <MethodChoice value={plan.method} onChange={plan.setMethod} />
        <Field
          {...form.field('reference')}
          label={t('reference')}
          hint={t(`referenceOf.${plan.method}`)}
          maxLength={200}
          dir="auto"
          autoComplete="off"
        />
        {plan.mayBill && (
          <Check
            label={t('billFirst', { sum: writing.money({ amount: sumOf(charges), currency }) })}
            hint={t('billFirstHint', { count: charges.length })}
            checked={plan.billing}
            onChange={event => plan.setBilling(event.target.checked)}
          />
        )}
        {plan.mayCredit && (
          <Check
            label={t('useCredit', { sum: writing.money(ledger.unapplied) })}
            checked={plan.spending}
            onChange={event => plan.setSpending(event.target.checked)}
          />
        )}
        <Covers plan={plan} patientId={patient.id} errorOf={id => form.errors[`share-${id}`]} />
      </div>
      <DialogFoot>
        {/* What is about to happen, large enough to be read across the desk. */}
        <output aria-live="polite" className="me-auto grid leading-tight">
          <bdi className="font-semibold text-xl">{sum ?? '–'}</bdi>
          <span className="text-muted-foreground text-xs">{t(`methods.${plan.method}`)}</span>
        </output>
        <Button variant="outline" onClick={onClose}>
          {states('back')}
        </Button>
        <Button type="submit" disabled={form.busy} className="h-9">
          {form.busy ? t('taking') : t('take')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
        </Button>
      </DialogFoot>
    </form>
  )
}
