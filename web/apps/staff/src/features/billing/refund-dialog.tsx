import type { Payment } from '@chairside/api'
import { Button, Dialog, DialogFoot, Kbd, notify, TextArea } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { MoneyField } from '@/features/catalog'
import { useSlug, useWriting } from '@/lib/clinic'
import { carefulKeys } from '@/lib/enter'
import { FormTrouble } from '@/lib/form'
import { readAmount, writeAmount } from '@/lib/money'
import { useOnce } from '@/lib/once'
import { moneyField, useMoneyForm } from './use-money-form'
import { refund } from './writes'

/** Money goes back the way it came. Invoices that it covered ask for it again. */
export function RefundDialog({ payment, onClose }: { payment: Payment; onClose: () => void }) {
  const t = useTranslations('billing')
  const states = useTranslations('states')
  const clinic = useSlug()
  const { currency, format, money } = useWriting()
  const once = useOnce()
  const most = payment.amount.amount - payment.refunded.amount
  const [text, setText] = useState(() => writeAmount({ amount: most, currency }, format))
  const amount = readAmount(text, currency)
  const reopens = (amount ?? 0) - payment.unapplied.amount
  const form = useMoneyForm({
    fieldOf: moneyField,
    check: () => ({
      amount: text.trim() && (!amount || amount < 0) ? t('amountWrong') : (amount ?? 0) > most ? t('moreThanLeft') : undefined,
    }),
    async save({ text }) {
      const made = await once(refund(clinic, payment, { amount: amount ?? 0, currency }, text('reason')))
      notify({ tone: 'ok', title: t('refunded', { sum: money(made.amount), name: payment.patient.name }) })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('refund')}
      about={
        <>
          <bdi>{payment.patient.name}</bdi> · {t(`methods.${payment.method}`)}
        </>
      }
      close={states('close')}
      className="max-w-md"
    >
      <form {...form.props} onKeyDown={carefulKeys(form)}>
        <div className="grid gap-4 px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          <MoneyField
            {...form.field('amount')}
            label={t('amount')}
            hint={t('refundMost', { sum: money({ amount: most, currency }) })}
            required
            autoFocus
            value={text}
            onChange={event => setText(event.target.value)}
          />
          <TextArea {...form.field('reason')} label={states('reason')} required rows={2} maxLength={200} />
          {reopens > 0 && payment.allocations.length > 0 && (
            <p className="text-muted-foreground text-sm">{t('refundReopens', { sum: money({ amount: reopens, currency }) })}</p>
          )}
        </div>
        <DialogFoot>
          <output aria-live="polite" className="me-auto font-semibold text-xl">
            <bdi>{amount ? money({ amount, currency }) : '–'}</bdi>
          </output>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" variant="destructive" disabled={form.busy}>
            {t('refund')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
