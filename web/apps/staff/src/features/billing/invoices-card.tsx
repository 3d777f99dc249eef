import { Button, Card, cn } from '@chairside/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { InvoiceChip, struck } from './invoice-chip'
import { Money } from './money'
import { invoicesQuery } from './queries'

/** A patient's invoices, the newest first. */
export function InvoicesCard({ patient }: { patient: string }) {
  const t = useTranslations('billing')
  const clinic = useSlug()
  const writing = useWriting()
  const invoices = useInfiniteQuery(invoicesQuery(clinic, { patient_id: patient }))
  return (
    <Card title={t('invoices')}>
      <Answer to={invoices} compact>
        {({ pages }) => {
          const items = pages.flatMap(page => page.items)
          if (items.length === 0) return <p className="px-4 py-4 text-muted-foreground text-sm">{t('noInvoices')}</p>
          return (
            <ul>
              {items.map(invoice => (
                <li
                  key={invoice.id}
                  className="relative flex items-center justify-between gap-3 border-t px-4 py-2 text-sm first:border-t-0 hover:bg-surface"
                >
                  <span className="grid shrink-0 gap-0.5 whitespace-nowrap">
                    <Link
                      to="/c/$clinic/patients/$patient/invoices/$invoice"
                      params={{ clinic, patient, invoice: invoice.id }}
                      className="w-fit font-medium after:absolute after:inset-0"
                    >
                      <bdi className={struck(invoice)}>{invoice.number ?? t('draft')}</bdi>
                    </Link>
                    <span className="text-muted-foreground text-xs">
                      {invoice.issued_on ? writing.day(invoice.issued_on) : writing.dayOf(invoice.created_at)}
                    </span>
                  </span>
                  <span className="grid justify-items-end gap-0.5">
                    <span className="flex flex-wrap-reverse items-center justify-end gap-x-2 gap-y-0.5">
                      <InvoiceChip invoice={invoice} className="justify-end" />
                      <Money of={invoice.total} className={cn('font-medium', struck(invoice))} />
                    </span>
                    {invoice.balance_due.amount > 0 && invoice.balance_due.amount < invoice.total.amount && (
                      <span className="text-muted-foreground text-xs">
                        {t('dueSum', { sum: writing.money(invoice.balance_due) })}
                      </span>
                    )}
                  </span>
                </li>
              ))}
              {invoices.hasNextPage && (
                <li className="grid place-items-center border-t p-2">
                  <Button size="sm" variant="ghost" onClick={() => invoices.fetchNextPage()}>
                    {t('earlier')}
                  </Button>
                </li>
              )}
            </ul>
          )
        }}
      </Answer>
    </Card>
  )
}
