import type { Payment } from '@chairside/api'
import { Badge } from '@chairside/ui'
import { Printer } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { Money } from './money'
import { receiptPaper } from './queries'

/** The row opens the payment; its receipt is one touch away. */
export function PaymentsTable({ payments, onOpen }: { payments: Payment[]; onOpen: (id: string) => void }) {
  const t = useTranslations('billing')
  const clinic = useSlug()
  const writing = useWriting()
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{t('payments')}</caption>
      <thead className="sticky top-0 z-10 bg-background text-muted-foreground text-xs shadow-[0_1px_var(--border)] *:*:h-9 *:*:px-4 max-sm:*:*:px-2 *:*:text-start *:*:font-medium">
        <tr>
          <th scope="col">{t('patient')}</th>
          <th scope="col" className="max-sm:hidden">
            {t('on')}
          </th>
          <th scope="col">{t('method')}</th>
          <th scope="col" className="max-lg:hidden">
            {t('covered')}
          </th>
          <th scope="col" className="text-end!">
            {t('amount')}
          </th>
          <th scope="col">
            <span className="sr-only">{t('receipt')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {payments.map(payment => (
          <tr key={payment.id} className="relative border-b *:h-11 *:px-4 *:py-1.5 max-sm:*:px-2 hover:bg-surface">
            <th scope="row" className="text-start font-medium">
              <button type="button" onClick={() => onOpen(payment.id)} className="text-start after:absolute after:inset-0">
                <bdi>{payment.patient.name}</bdi>
              </button>
              <span className="block font-normal text-muted-foreground text-xs sm:hidden">{writing.day(payment.on)}</span>
            </th>
            <td className="whitespace-nowrap text-muted-foreground max-sm:hidden">
              {writing.day(payment.on)} <bdi dir="ltr">{writing.time(payment.received_at)}</bdi>
            </td>
            <td>
              {t(`methods.${payment.method}`)}
              {payment.status !== 'succeeded' && (
                <Badge tone="warn" className="ms-2">
                  {t(`paymentStatus.${payment.status}`)}
                </Badge>
              )}
            </td>
            <td className="text-muted-foreground max-lg:hidden">
              <bdi>{payment.allocations.map(share => share.number).join(', ')}</bdi>
              {payment.unapplied.amount > 0 && <Badge className="ms-2">{t('credit')}</Badge>}
            </td>
            <td className="text-end font-medium">
              <Money of={payment.amount} />
            </td>
            <td className="w-0">
              <a
                href={receiptPaper(clinic, payment.id)}
                target="_blank"
                rel="noopener"
                aria-label={t('receiptOf', { name: payment.patient.name })}
                className="relative grid size-8 place-items-center rounded-md text-muted-foreground hover:bg-accent hover:text-foreground"
              >
                <Printer aria-hidden className="size-4" />
              </a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
