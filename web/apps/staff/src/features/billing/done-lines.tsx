import { Button, Field } from '@chairside/ui'
import { X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { MoneyField } from '@/features/catalog'
import { useWriting } from '@/lib/clinic'
import type { Done } from './use-done'
import type { useMoneyForm } from './use-money-form'

type Props = { done: Done; form: ReturnType<typeof useMoneyForm> }

/** What was done, line by line; another price than the list's asks why. */
export function DoneLines({ done, form }: Props) {
  const t = useTranslations('billing')
  const { money, currency } = useWriting()
  if (done.lines.length === 0) return <p className="py-2 text-muted-foreground text-sm">{t('nothingDone')}</p>
  return (
    <ul aria-label={t('done')} className="grid gap-3">
      {done.lines.map((line, index) => {
        const { count, price, differs } = done.read(line)
        const what = line.service.name
        return (
          <li
            key={line.key}
            className="grid grid-cols-[minmax(0,1fr)_4rem_9.5rem_6.5rem_2rem] items-start gap-x-3 gap-y-2 max-sm:grid-cols-[4rem_minmax(0,1fr)_2rem]"
          >
            <span dir="auto" className="pt-2 font-medium text-sm max-sm:order-first max-sm:col-span-2">
              {what}
            </span>
            <Field
              {...form.field(`items/${index}/quantity`)}
              label={t('quantityOf', { what })}
              labelHidden
              dir="ltr"
              inputMode="numeric"
              autoComplete="off"
              value={line.quantity}
              onFocus={event => event.target.select()}
              onChange={event => done.set(line.key, { quantity: event.target.value })}
            />
            <MoneyField
              {...form.field(`items/${index}/price`)}
              label={t('priceOf', { what })}
              labelHidden
              required
              value={line.price}
              onChange={event => done.set(line.key, { price: event.target.value })}
            />
            <bdi className="whitespace-nowrap pt-2 text-end font-medium text-sm max-sm:hidden">
              {price === undefined ? '–' : money({ amount: price * count, currency })}
            </bdi>
            <Button
              size="icon"
              variant="ghost"
              className="mt-0.5 max-sm:order-first"
              aria-label={t('removeWhat', { what })}
              onClick={event => {
                event.currentTarget.form?.querySelector<HTMLElement>('[role=combobox]')?.focus()
                done.remove(line.key)
              }}
            >
              <X />
            </Button>
            {differs && (
              <Field
                {...form.field(`items/${index}/price_reason`)}
                label={t('reasonOf', { what })}
                hint={t('listPrice', { sum: money(line.service.price) })}
                required
                maxLength={200}
                dir="auto"
                autoComplete="off"
                className="col-span-full"
                value={line.reason}
                onChange={event => done.set(line.key, { reason: event.target.value })}
              />
            )}
          </li>
        )
      })}
    </ul>
  )
}
