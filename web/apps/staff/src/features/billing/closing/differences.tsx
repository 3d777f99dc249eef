import { cn } from '@chairside/ui'
import { Check, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'

type Row = { method: 'cash' | 'check' | 'card'; expected: number; counted?: number; difference?: number }

/** Expected, counted, and in words how far they are apart. */
export function Differences({ rows, transfer }: { rows: Row[]; transfer?: number }) {
  const t = useTranslations('day.drawer')
  const methods = useTranslations('billing.methods')
  const { money, currency } = useWriting()
  const sum = (amount: number | undefined) => (amount === undefined ? '–' : money({ amount, currency }))
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{t('summary')}</caption>
      <thead className="text-muted-foreground text-xs *:*:h-8 *:*:px-4 *:*:text-end *:*:font-medium">
        <tr>
          <th scope="col" className="text-start!">
            {t('method')}
          </th>
          <th scope="col">{t('expected')}</th>
          <th scope="col">{t('counted')}</th>
          <th scope="col">{t('difference')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ method, expected, counted, difference }) => (
          <tr key={method} className="border-t *:h-10 *:px-4 *:text-end *:tabular-nums">
            <th scope="row" className="text-start! font-medium">
              {methods(method)}
            </th>
            <td>
              <bdi>{sum(expected)}</bdi>
            </td>
            <td>
              <bdi>{sum(counted)}</bdi>
            </td>
            <td data-difference={difference} className={cn(difference ? 'font-medium text-warn' : 'text-muted-foreground')}>
              {difference === undefined ? (
                '–'
              ) : (
                <span className="inline-flex items-center gap-1.5">
                  {difference ? <TriangleAlert aria-hidden className="size-3.5" /> : <Check aria-hidden className="size-3.5" />}
                  {difference === 0 ? t('fits') : t(difference > 0 ? 'over' : 'short', { sum: sum(Math.abs(difference)) })}
                </span>
              )}
            </td>
          </tr>
        ))}
        {transfer !== undefined && (
          <tr className="border-t *:h-10 *:px-4 *:text-end *:tabular-nums">
            <th scope="row" className="text-start! font-medium">
              {methods('transfer')}
            </th>
            <td>
              <bdi>{sum(transfer)}</bdi>
            </td>
            <td colSpan={2} className="text-muted-foreground text-xs">
              {t('transfersAbout')}
            </td>
          </tr>
        )}
      </tbody>
    </table>
  )
}
