import type { Service } from '@chairside/api'
import { Button, Combobox, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { MoneyField, servicesQuery } from '@/features/catalog'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { carefulKeys } from '@/lib/enter'
import { FormTrouble } from '@/lib/form'
import { readAmount, writeAmount } from '@/lib/money'
import { useOnce } from '@/lib/once'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { moneyField, useMoneyForm } from './use-money-form'
import { addCharge, reverseCharge } from './writes'

const OWN = 'own'

type Props = { patient: { id: string; name: string }; onClose: () => void }

/** Something to pay for without a visit: a service, or anything in one's own words. */
export function ChargeDialog({ patient, onClose }: Props) {
  const t = useTranslations('billing')
  const states = useTranslations('states')
  const services = useQuery(servicesQuery(useSlug()))
  return (
    <Dialog open onClose={onClose} title={t('addCharge')} about={<bdi>{patient.name}</bdi>} close={states('close')}>
      <Answer to={services}>
        {list => <ChargeForm patient={patient} services={list.filter(one => one.active)} onClose={onClose} />}
      </Answer>
    </Dialog>
  )
}

function ChargeForm({ patient, services, onClose }: Props & { services: Service[] }) {
  const t = useTranslations('billing')
  const tell = useTell()
  const states = useTranslations('states')
  const clinic = useSlug()
  const { currency, format, money } = useWriting()
  const once = useOnce()
  const [chosen, choose] = useState('')
  const [price, setPrice] = useState('')
  const [quantity, setQuantity] = useState('1')
  const service = services.find(one => one.id === chosen)
  const amount = readAmount(price, currency)
  const count = /^\d{1,3}$/.test(quantity) ? Number(quantity) : 0
  const differs = !!service && amount !== undefined && amount !== service.price.amount
  const form = useMoneyForm({
    fieldOf: moneyField,
    check: ({ text }) => ({
      service_id: chosen ? undefined : t('chooseService'),
      description: chosen === OWN && !text('description') ? t('sayWhat') : undefined,
      quantity: count > 0 ? undefined : t('quantityWrong'),
      price: price.trim() && (amount === undefined || amount < 0) ? t('amountWrong') : undefined,
      reason: differs && !text('reason') ? t('reasonPrice') : undefined,
    }),
    async save({ text }) {
      const charge = await once(
        addCharge(clinic, patient.id, {
          service_id: service?.id,
          description: service ? undefined : text('description'),
          quantity: count,
          price: { amount: amount ?? 0, currency },
          reason: differs ? text('reason') : undefined,
        }),
      )
      // An entry is never deleted: what undoes it is another.
      const back = () => send(reverseCharge(clinic, charge, t('undoneAtOnce')))
      tell(t('charged', { what: charge.description, sum: money(charge.amount) }), back)
      onClose()
    },
  })
  return (
    <form {...form.props} onKeyDown={carefulKeys(form)} className="flex min-h-0 flex-col">
      <div className="grid min-h-80 content-start gap-4 overflow-y-auto px-5 pt-4 pb-5">
        <FormTrouble form={form} />
        <Combobox
          {...form.field('service_id')}
          label={t('service')}
          required
          autoFocus
          value={chosen}
          nothing={t('nothingFound')}
          options={[
            ...services.map(one => ({ value: one.id, label: one.name, about: <bdi>{money(one.price)}</bdi> })),
            { value: OWN, label: t('ownWords') },
          ]}
          onChange={value => {
            choose(value)
            form.setErrors({})
            const listed = services.find(one => one.id === value)
            if (listed) setPrice(writeAmount(listed.price, format))
          }}
        />
        {chosen === OWN && (
          <Field
            {...form.field('description')}
            label={t('description')}
            required
            autoFocus
            maxLength={200}
            dir="auto"
            autoComplete="off"
          />
        )}
        <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-4">
          <Field
            {...form.field('quantity')}
            label={t('quantity')}
            required
            dir="ltr"
            inputMode="numeric"
            autoComplete="off"
            value={quantity}
            onFocus={event => event.target.select()}
            onChange={event => setQuantity(event.target.value)}
          />
          <MoneyField
            {...form.field('price')}
            label={t('price')}
            required
            value={price}
            onChange={event => setPrice(event.target.value)}
          />
        </div>
        {differs && (
          <Field
            {...form.field('reason')}
            label={t('priceReason')}
            hint={t('listPrice', { sum: money(service.price) })}
            required
            maxLength={200}
            dir="auto"
            autoComplete="off"
          />
        )}
      </div>
      <DialogFoot>
        <output aria-live="polite" className="me-auto font-semibold text-xl">
          <bdi>{amount === undefined ? '–' : money({ amount: amount * count, currency })}</bdi>
        </output>
        <Button variant="outline" onClick={onClose}>
          {states('back')}
        </Button>
        <Button type="submit" disabled={form.busy} className="h-9">
          {t('addCharge')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
        </Button>
      </DialogFoot>
    </form>
  )
}
