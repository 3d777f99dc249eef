import type { Invoice } from '@chairside/api'
import { Card } from '@chairside/ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { Money } from './money'
import { useChargeWords } from './use-charge-words'

/** What stands on the invoice, and what has come in for it. */
export function InvoicePaper({ invoice, onPayment }: { invoice: Invoice; onPayment: (id: string) => void }) {
  const t = useTranslations('billing')
  const writing = useWriting()
  const words = useChargeWords()
  const facts: [string, ReactNode][] = [
    [t('issuedOn'), invoice.issued_on ? writing.day(invoice.issued_on) : '–'],
    [t('due'), invoice.due_on ? writing.day(invoice.due_on) : t('termsDays', { count: invoice.payment_terms_days })],
  ]
  return (
    <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] items-start gap-4 max-lg:grid-cols-1">
      <Card title={t('lines')}>
        <table className="w-full text-sm">
          <caption className="sr-only">{t('lines')}</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">{t('description')}</th>
              <th scope="col">{t('amount')}</th>
            </tr>
          </thead>
          <tbody>
            {invoice.lines.map(line => (
              <tr key={line.charge_id} className="border-b *:px-4 *:py-2.5">
                <td>
                  <span className="grid">
                    <span dir="auto" className="w-fit max-w-full font-medium">
                      {words.title(line)}
                    </span>
                    <span className="text-muted-foreground text-xs">{words.about(line)}</span>
                  </span>
                </td>
                <td className="text-end">
                  <Money of={line.total} />
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot className="*:*:px-4 *:*:py-1.5">
            <tr className="font-semibold *:pt-3!">
              <th scope="row" className="text-start font-semibold">
                {t('total')}
              </th>
              <td className="text-end">
                <Money of={invoice.total} />
              </td>
            </tr>
            <tr>
              <th scope="row" className="text-start font-normal text-muted-foreground">
                {t('paid')}
              </th>
              <td className="text-end text-muted-foreground">
                <Money of={invoice.paid} />
              </td>
            </tr>
            <tr className="*:pb-3!">
              <th scope="row" className="text-start font-semibold">
                {t('balanceDue')}
              </th>
              <td className="text-end font-semibold text-lg">
                <Money of={invoice.balance_due} />
              </td>
            </tr>
          </tfoot>
        </table>
      </Card>
      <div className="grid gap-4">
        <Card title={t('details')}>
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 px-4 py-3 text-sm">
            {facts.map(([term, value]) => (
              <div key={term} className="contents">
                <dt className="text-muted-foreground">{term}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
          {invoice.note && (
            <p dir="auto" className="whitespace-pre-wrap border-t px-4 py-3 text-sm">
              {invoice.note}
            </p>
          )}
        </Card>
        <Card title={t('payments')}>
          {invoice.payments.length === 0 ? (
            <p className="px-4 py-3 text-muted-foreground text-sm">{t('noPayments')}</p>
          ) : (
            <ul>
              {invoice.payments.map(paid => (
                <li
                  key={`${paid.credit_id} ${paid.on}`}
                  className="flex items-center gap-3 border-t px-4 py-2.5 text-sm first:border-t-0"
                >
                  <span className="me-auto grid">
                    {paid.kind === 'payment' ? (
                      <button
                        type="button"
                        onClick={() => onPayment(paid.credit_id)}
                        className="w-fit font-medium underline-offset-4 hover:underline"
                      >
                        {t(`methods.${paid.method ?? 'cash'}`)}
                      </button>
                    ) : (
                      <span className="font-medium">{t(`kinds.${paid.kind}`)}</span>
                    )}
                    <span className="text-muted-foreground text-xs">{writing.day(paid.on)}</span>
                  </span>
                  <Money of={paid.amount} className="font-medium" />
                </li>
              ))}
            </ul>
          )}
        </Card>
      </div>
    </div>
  )
}
