import type { DayVisit, Service } from '@chairside/api'
import { Button, Combobox, Dialog, DialogFoot, Kbd } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { servicesQuery } from '@/features/catalog'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { carefulKeys } from '@/lib/enter'
import { FormTrouble } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { CompletedNext } from './completed-next'
import { DoneLines } from './done-lines'
import { PaymentDialog } from './payment-dialog'
import { useDone } from './use-done'
import { moneyField, useMoneyForm } from './use-money-form'
import { complete, takeCompletionBack } from './writes'

type Props = { visit: DayVisit; onClose: () => void }

/** The visit is over: what was done is charged in the same moment, then the money can be asked for. */
export function CompleteDialog({ visit, onClose }: Props) {
  const t = useTranslations('billing')
  const states = useTranslations('states')
  const writing = useWriting()
  const services = useQuery(servicesQuery(useSlug()))
  const [charged, setCharged] = useState<number>()
  const [paying, pay] = useState(false)
  const { patient } = visit
  if (paying) return <PaymentDialog patient={patient} onClose={onClose} />
  return (
    <Dialog
      open
      onClose={onClose}
      title={charged === undefined ? t('completeVisit') : t('completed', { name: patient.name })}
      about={
        <>
          <bdi className="font-medium text-foreground">{patient.name}</bdi> ·{' '}
          <bdi dir="ltr">{writing.range(visit.starts_at, visit.ends_at)}</bdi>
        </>
      }
      close={states('close')}
      className="max-w-2xl"
    >
      {charged === undefined ? (
        <Answer to={services}>
          {list => <CompleteForm visit={visit} services={list} onDone={setCharged} onClose={onClose} />}
        </Answer>
      ) : (
        <CompletedNext patient={patient} charged={charged} onPay={() => pay(true)} onClose={onClose} />
      )}
    </Dialog>
  )
}

type FormProps = Props & { services: Service[]; onDone: (charged: number) => void }

function CompleteForm({ visit, services, onDone, onClose }: FormProps) {
  const t = useTranslations('billing')
  const tell = useTell()
  const states = useTranslations('states')
  const clinic = useSlug()
  const { currency, money } = useWriting()
  const once = useOnce()
  const done = useDone(visit, services)
  const form = useMoneyForm({
    fieldOf: moneyField,
    check: () =>
      Object.fromEntries(
        done.lines.flatMap((line, index) => {
          const { count, price, differs } = done.read(line)
          return [
            [`items/${index}/quantity`, count > 0 && count <= 100 ? undefined : t('quantityWrong')],
            [`items/${index}/price`, line.price.trim() && (price === undefined || price < 0) ? t('amountWrong') : undefined],
            [`items/${index}/price_reason`, differs && !line.reason.trim() ? t('reasonPrice') : undefined],
          ]
        }),
      ),
    async save() {
      const { sum } = done
      const after = await once(complete(clinic, visit, done.body()))
      const back = () => send(takeCompletionBack(clinic, { ...visit, version: after.version }))
      tell(t('completed', { name: visit.patient.name }), back)
      onDone(sum)
    },
  })
  return (
    <form {...form.props} onKeyDown={carefulKeys(form)} className="flex min-h-0 flex-col">
      <div className="grid min-h-72 content-start gap-4 overflow-y-auto px-5 pt-4 pb-5">
        <FormTrouble form={form} />
        <DoneLines done={done} form={form} />
        <Combobox
          label={t('addService')}
          labelHidden
          placeholder={t('addService')}
          autoFocus
          value=""
          nothing={t('nothingFound')}
          options={services
            .filter(one => one.active)
            .map(one => ({ value: one.id, label: one.name, about: <bdi>{money(one.price)}</bdi> }))}
          onChange={id => {
            const service = services.find(one => one.id === id)
            if (service) done.add(service)
          }}
        />
      </div>
      <DialogFoot>
        <output aria-live="polite" className="me-auto font-semibold text-xl">
          <bdi>{money({ amount: done.sum, currency })}</bdi>
        </output>
        <Button variant="outline" onClick={onClose}>
          {states('back')}
        </Button>
        <Button type="submit" disabled={form.busy} className="h-9">
          {t('complete')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
        </Button>
      </DialogFoot>
    </form>
  )
}
