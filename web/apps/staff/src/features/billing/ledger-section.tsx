import type { Patient } from '@chairside/api'
import { Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { ReceiptText } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { ledgerQuery } from './queries'

export function LedgerSection({ patient }: { patient: Patient }) {
  const t = useTranslations('billing')
  const writing = useWriting()
  const ledger = useQuery(ledgerQuery(useSlug(), patient.id))
  return (
    <Answer to={ledger}>
      {({ items, balance }) =>
        items.length === 0 ? (
          <Empty icon={ReceiptText} title={t('empty')} about={t('emptyAbout')} />
        ) : (
          <table className="m-6 w-full max-w-2xl text-sm">
            <caption className="sr-only">{t('ledger')}</caption>
            <thead className="text-muted-foreground text-xs *:*:h-8 *:*:border-b *:*:pe-4 *:*:text-start *:*:font-medium">
              <tr>
                <th scope="col">{t('on')}</th>
                <th scope="col">{t('entry')}</th>
                <th scope="col" className="text-end!">
                  {t('amount')}
                </th>
              </tr>
            </thead>
            <tbody>
              {items.map(item => (
                <tr key={item.id} className="border-b *:h-10 *:pe-4">
                  <td className="text-muted-foreground">{writing.day(item.on)}</td>
                  <td dir="auto">{item.description}</td>
                  <td className="text-end">
                    <bdi>{writing.money(item.amount)}</bdi>
                  </td>
                </tr>
              ))}
            </tbody>
            <tfoot className="font-semibold *:*:h-11 *:*:pe-4">
              <tr>
                <th scope="row" colSpan={2} className="text-start">
                  {t('balance')}
                </th>
                <td className="text-end">
                  <bdi>{writing.money(balance)}</bdi>
                </td>
              </tr>
            </tfoot>
          </table>
        )
      }
    </Answer>
  )
}
