import type { Charge } from '@chairside/api'
import { Button, Dialog, DialogFoot, Empty, Field, Kbd, TextArea } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { ReceiptText } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { FormTrouble } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { sumOf } from './model'
import { Money } from './money'
import { openChargesQuery } from './queries'
import { useChargeWords } from './use-charge-words'
import { useMoneyForm } from './use-money-form'
import { discard, draft, issue } from './writes'

type Props = { patient: { id: string; name: string }; onClose: () => void }
const TERMS = [0, 7, 14, 30, 60]

/** What is on no invoice yet, to be put on one: all of it, or what is ticked. */
export function InvoiceDialog({ patient, onClose }: Props) {
  const t = useTranslations('billing')
  const states = useTranslations('states')
  const charges = useQuery(openChargesQuery(useSlug(), patient.id))
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('newInvoice')}
      about={<bdi>{patient.name}</bdi>}
      close={states('close')}
      className="max-w-xl"
    >
      <Answer to={charges}>
        {list =>
          list.length ? (
            <InvoiceForm patient={patient} charges={list} onClose={onClose} />
          ) : (
            <Empty icon={ReceiptText} title={t('nothingToBill')} about={t('nothingToBillAbout')} />
          )
        }
      </Answer>
    </Dialog>
  )
}

function InvoiceForm({ patient, charges, onClose }: Props & { charges: Charge[] }) {
  const t = useTranslations('billing')
  const tell = useTell()
  const states = useTranslations('states')
  const clinic = useSlug()
  const writing = useWriting()
  const navigate = useNavigate()
  const once = useOnce()
  const words = useChargeWords()
  const [left, setLeft] = useState<string[]>([])
  const keepsDraft = useRef(false)
  const chosen = charges.filter(charge => !left.includes(charge.id))
  const form = useMoneyForm({
    check: () => ({ charges: chosen.length ? undefined : t('chooseCharges') }),
    fieldOf: ({ pointer }) => (pointer.startsWith('/charge_ids') ? 'charges' : pointer.slice(1)),
    async save({ text }) {
      const ids = chosen.map(charge => charge.id)
      const made = await once(draft(clinic, patient.id, ids, Number(text('payment_terms_days')), text('note')))
      const invoice = keepsDraft.current ? made : await once(issue(clinic, made))
      if (invoice.number) tell(t('issued', { number: invoice.number }))
      else
        tell(t('drafted'), async () => {
          // Whoever still looks at it is taken back to where it was made.
          const at = { clinic, patient: patient.id }
          if (location.pathname.endsWith(invoice.id))
            await navigate({ to: '/c/$clinic/patients/$patient', params: at, search: { tab: 'ledger' } })
          await send(discard(clinic, invoice))
        })
      onClose()
      await navigate({
        to: '/c/$clinic/patients/$patient/invoices/$invoice',
        params: { clinic, patient: patient.id, invoice: invoice.id },
      })
    },
  })
  const submit = (asDraft: boolean) => {
    keepsDraft.current = asDraft
    void form.submit()
  }
  return (
    <form
      {...form.props}
      onKeyDown={event => {
        keepsDraft.current = false
        form.props.onKeyDown(event)
      }}
      className="flex min-h-0 flex-col"
    >
      <div className="grid gap-4 overflow-y-auto px-5 pt-4 pb-5">
        <FormTrouble form={form} />
        <fieldset className="rounded-lg border" aria-describedby={form.errors.charges && 'charges-wrong'}>
          <legend className="sr-only">{t('charges')}</legend>
          {charges.map((charge, index) => (
            <label
              key={charge.id}
              className="flex min-h-11 items-center gap-3 border-t px-3 py-1.5 text-sm first-of-type:border-t-0 hover:bg-surface"
            >
              <input
                type="checkbox"
                // biome-ignore lint/a11y/noAutofocus: the first field of a dialog
                autoFocus={index === 0}
                checked={!left.includes(charge.id)}
                onChange={event => setLeft(event.target.checked ? left.filter(id => id !== charge.id) : [...left, charge.id])}
                className="size-4 accent-primary"
              />
              <span className="me-auto grid min-w-0">
                <span dir="auto" className="w-fit">
                  {words.title(charge)}
                </span>
                <span className="text-muted-foreground text-xs">{words.about(charge)}</span>
              </span>
              <Money of={charge.amount} />
            </label>
          ))}
        </fieldset>
        {form.errors.charges && (
          <p id="charges-wrong" className="text-destructive text-xs">
            {form.errors.charges}
          </p>
        )}
        <Field
          {...form.field('payment_terms_days')}
          label={t('terms')}
          defaultValue="0"
          choices={TERMS.map(days => [
            String(days),
            `${t('termsDays', { count: days })} · ${writing.day(writing.today.add({ days }))}`,
          ])}
        />
        <TextArea {...form.field('note')} label={t('noteOnInvoice')} rows={2} maxLength={2000} />
      </div>
      <DialogFoot>
        <output aria-live="polite" className="me-auto font-semibold text-xl">
          <bdi>{writing.money({ amount: sumOf(chosen), currency: writing.currency })}</bdi>
        </output>
        <Button variant="outline" onClick={onClose}>
          {states('back')}
        </Button>
        <Button variant="outline" disabled={form.busy} onClick={() => submit(true)}>
          {t('keepDraft')}
        </Button>
        <Button disabled={form.busy} onClick={() => submit(false)} className="h-9">
          {t('issue')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
        </Button>
      </DialogFoot>
    </form>
  )
}
