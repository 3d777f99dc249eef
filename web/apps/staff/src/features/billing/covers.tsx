import { Button, Field } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { focusOn } from '@/lib/enter'
import { NEW } from './model'
import { Money } from './money'
import type { PaymentPlan } from './use-payment'

type Props = { plan: PaymentPlan; patientId: string; errorOf: (id: string) => string | undefined }

/** Which invoices the payment covers and what is left of it. The oldest first, unless somebody says otherwise. */
export function Covers({ plan, patientId, errorOf }: Props) {
  const t = useTranslations('billing')
  const writing = useWriting()
  const { currency } = writing
  const { targets, rest, amount } = plan
  return (
    <fieldset className="grid gap-1.5">
      <legend className="sr-only">{t('covers')}</legend>
      <div className="flex min-h-7 items-center justify-between">
        <span aria-hidden className="font-medium text-sm">
          {t('covers')}
        </span>
        {plan.edited && (
          <Button
            size="sm"
            variant="ghost"
            onClick={event => {
              plan.oldestFirst()
              focusOn(event.currentTarget.form, 'amount')
            }}
          >
            {t('oldestFirst')}
          </Button>
        )}
      </div>
      {targets.length === 0 && <p className="text-muted-foreground text-sm">{t('coversNothing')}</p>}
      <ul className="grid gap-2">
        {targets.map(({ id, due, dueOn, invoice }) => {
          const name = id === NEW ? t('newInvoice') : (invoice?.number ?? '')
          return (
            <li key={id} className="grid grid-cols-[minmax(0,1fr)_10rem] items-start gap-3 max-sm:grid-cols-[minmax(0,1fr)_8rem]">
              <span className="grid pt-0.5 text-sm">
                <span className="flex flex-wrap gap-x-2">
                  <bdi className="font-medium">{name}</bdi>
                  {invoice && invoice.patient_id !== patientId && (
                    <bdi className="text-muted-foreground">{invoice.patient.name}</bdi>
                  )}
                </span>
                <span className="text-muted-foreground text-xs">
                  {t('dueSum', { sum: writing.money({ amount: due, currency }) })}
                  {!!plan.credits[id] &&
                    ` · ${t('fromCredit', { sum: writing.money({ amount: plan.credits[id] ?? 0, currency }) })}`}
                  {invoice && dueOn && (
                    <span className={invoice.overdue ? 'text-destructive' : ''}>
                      {' · '}
                      {invoice.overdue ? t('overdueSince', { day: writing.day(dueOn) }) : t('dueOn', { day: writing.day(dueOn) })}
                    </span>
                  )}
                </span>
              </span>
              <Field
                name={`share-${id}`}
                label={t('coversOf', { name })}
                labelHidden
                dir="ltr"
                inputMode="decimal"
                autoComplete="off"
                value={plan.shown(id)}
                error={errorOf(id)}
                onChange={event => plan.edit(id, event.target.value)}
                onFocus={event => event.target.select()}
              />
            </li>
          )
        })}
      </ul>
      {amount !== undefined && rest !== 0 && (
        <p className={`text-sm ${rest < 0 ? 'text-destructive' : 'text-muted-foreground'}`}>
          {rest > 0 ? t('staysCredit') : t('tooMuchCovered')}{' '}
          <Money of={{ amount: Math.abs(rest), currency }} className="font-medium" />
        </p>
      )}
    </fieldset>
  )
}
