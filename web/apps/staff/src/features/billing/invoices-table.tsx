import type { Invoice } from '@chairside/api'
import { cn } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { InvoiceChip, struck } from './invoice-chip'
import { Money } from './money'

/** The row is the link to the invoice; the patient's name leads to the patient. */
export function InvoicesTable({ invoices, stale }: { invoices: Invoice[]; stale: boolean }) {
  const t = useTranslations('billing')
  const clinic = useSlug()
  const writing = useWriting()
  return (
    <table className={cn('w-full text-sm transition-opacity', stale && 'opacity-60')}>
      <caption className="sr-only">{t('invoices')}</caption>
      <thead className="sticky top-0 z-10 bg-background text-muted-foreground text-xs shadow-[0_1px_var(--border)] *:*:h-9 *:*:px-4 max-sm:*:*:px-2 *:*:text-start *:*:font-medium">
        <tr>
          <th scope="col">{t('invoice')}</th>
          <th scope="col" className="max-sm:hidden">
            {t('patient')}
          </th>
          <th scope="col">{t('state')}</th>
          <th scope="col" className="max-lg:hidden">
            {t('issuedOn')}
          </th>
          <th scope="col" className="max-md:hidden">
            {t('due')}
          </th>
          <th scope="col" className="text-end! max-md:hidden">
            {t('total')}
          </th>
          <th scope="col" className="text-end!">
            {t('balanceDue')}
          </th>
        </tr>
      </thead>
      <tbody>
        {invoices.map(invoice => (
          <tr key={invoice.id} className="relative border-b *:h-11 *:px-4 *:py-1.5 max-sm:*:px-2 hover:bg-surface">
            <th scope="row" className="text-start font-medium">
              <Link
                to="/c/$clinic/patients/$patient/invoices/$invoice"
                params={{ clinic, patient: invoice.patient_id, invoice: invoice.id }}
                className="after:absolute after:inset-0 hover:underline"
              >
                <bdi className={cn('whitespace-nowrap', struck(invoice))}>{invoice.number ?? t('draft')}</bdi>
              </Link>
              <bdi className="block font-normal text-muted-foreground text-xs sm:hidden">{invoice.patient.name}</bdi>
            </th>
            <td className="max-sm:hidden">
              <Link
                to="/c/$clinic/patients/$patient"
                params={{ clinic, patient: invoice.patient_id }}
                search={{ tab: 'ledger' }}
                className="relative underline-offset-4 hover:underline"
              >
                <bdi>{invoice.patient.name}</bdi>
              </Link>
            </td>
            <td>
              <InvoiceChip invoice={invoice} />
            </td>
            <td className="whitespace-nowrap text-muted-foreground max-lg:hidden">
              {invoice.issued_on && writing.day(invoice.issued_on)}
            </td>
            <td className={cn('whitespace-nowrap max-md:hidden', invoice.overdue ? 'text-destructive' : 'text-muted-foreground')}>
              {invoice.due_on && writing.day(invoice.due_on)}
            </td>
            <td className="text-end max-md:hidden">
              <Money of={invoice.total} className={struck(invoice)} />
            </td>
            <td className="text-end font-medium">
              {['draft', 'void'].includes(invoice.status) ? (
                '–'
              ) : (
                <Money
                  of={invoice.balance_due}
                  className={invoice.balance_due.amount ? '' : 'font-normal text-muted-foreground'}
                />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
