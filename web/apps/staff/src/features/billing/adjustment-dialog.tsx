import { Button, Check, Dialog, DialogFoot, Kbd, Segmented, TextArea } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { MoneyField } from '@/features/catalog'
import { useSlug, useWriting } from '@/lib/clinic'
import { carefulKeys } from '@/lib/enter'
import { FormTrouble } from '@/lib/form'
import { readAmount } from '@/lib/money'
import { useOnce } from '@/lib/once'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { moneyField, useMoneyForm } from './use-money-form'
import { adjust } from './writes'

/** The balance is made right by hand; the reason stays in the ledger. */
export function AdjustmentDialog({ patient, onClose }: { patient: { id: string; name: string }; onClose: () => void }) {
  const t = useTranslations('billing')
  const tell = useTell()
  const states = useTranslations('states')
  const clinic = useSlug()
  const { currency, money } = useWriting()
  const once = useOnce()
  const [less, setLess] = useState(true)
  const [text, setText] = useState('')
  const amount = readAmount(text, currency)
  const signed = { amount: (less ? -1 : 1) * (amount ?? 0), currency }
  const form = useMoneyForm({
    fieldOf: moneyField,
    check: () => ({ amount: text.trim() && (!amount || amount < 0) ? t('amountWrong') : undefined }),
    async save({ text, has }) {
      const kind = less && has('write_off') ? 'write_off' : 'adjustment'
      const entry = await once(adjust(clinic, patient.id, { amount: signed, reason: text('reason'), kind }))
      const opposite = { amount: { ...signed, amount: -signed.amount }, reason: t('undoneAtOnce'), kind: 'adjustment' as const }
      tell(t('adjusted', { name: patient.name, sum: money(entry.amount) }), () => send(adjust(clinic, patient.id, opposite)))
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} title={t('adjust')} about={<bdi>{patient.name}</bdi>} close={states('close')}>
      <form {...form.props} onKeyDown={carefulKeys(form)} className="flex min-h-0 flex-col">
        <div className="grid content-start gap-4 overflow-y-auto px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          <Segmented
            label={t('direction')}
            value={less ? 'less' : 'more'}
            onChange={value => setLess(value === 'less')}
            choices={[
              { value: 'less', label: t('owesLess') },
              { value: 'more', label: t('owesMore') },
            ]}
            className="justify-self-start"
          />
          <MoneyField
            {...form.field('amount')}
            label={t('amount')}
            required
            autoFocus
            value={text}
            onChange={event => setText(event.target.value)}
          />
          <TextArea {...form.field('reason')} label={states('reason')} required rows={2} maxLength={200} />
          {less && <Check name="write_off" label={t('writeOff')} hint={t('writeOffHint')} />}
        </div>
        <DialogFoot>
          <output aria-live="polite" className="me-auto font-semibold text-xl">
            <bdi>{amount ? money(signed) : '–'}</bdi>
          </output>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy} className="h-9">
            {t('adjust')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
