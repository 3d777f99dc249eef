import type { Import, Money } from '@chairside/api'
import { Card, cn } from '@chairside/ui'
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'

/** Where every cent of the file's balances is. */
export function Reconciliation({ one }: { one: Import }) {
  const t = useTranslations('imports')
  const writing = useWriting()
  const { balances } = one
  if (!balances) return null
  const { file, accepted, refused, already_present, ledger, unreadable } = balances
  const ran = ledger && one.status === 'done'
  const right = ran && ledger.amount === accepted.amount
  const lines: [string, Money, string?][] = [
    [t('inFile'), file, 'font-medium'],
    [one.status === 'analysed' ? t('ofWillImport') : t('ofImported'), accepted, 'ps-4'],
    [t('ofRefused'), refused, 'ps-4'],
    [t('ofPresent'), already_present, 'ps-4'],
  ]
  return (
    <Card title={t('balances')}>
      <dl className="px-4 py-2 text-sm [&>div:last-child]:border-b-0">
        {lines.map(([term, sum, look]) => (
          <div key={term} className={cn('flex items-baseline justify-between gap-4 border-b py-2', look)}>
            <dt>{term}</dt>
            <dd>
              <bdi>{writing.money(sum)}</bdi>
            </dd>
          </div>
        ))}
        {ledger && (
          <div className="flex items-baseline justify-between gap-4 py-2 font-semibold">
            <dt>{t('inLedger')}</dt>
            <dd>
              <bdi>{writing.money(ledger)}</bdi>
            </dd>
          </div>
        )}
      </dl>
      {ran && (
        <p className={cn('flex items-center gap-2 border-t px-4 py-2.5 text-sm', right ? 'text-ok' : 'text-destructive')}>
          {right ? <CircleCheck aria-hidden className="size-4" /> : <TriangleAlert aria-hidden className="size-4" />}
          {right ? t('reconciles') : t('reconcilesNot')}
        </p>
      )}
      {unreadable > 0 && (
        <p className="border-t px-4 py-2.5 text-muted-foreground text-sm">{t('unreadable', { count: unreadable })}</p>
      )}
    </Card>
  )
}
