import type { Patient } from '@chairside/api'
import { Card } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { ledgerQuery } from './queries'

/** What the patient owes, and the family with them. Positive: they owe. */
export function BalanceCard({ patient }: { patient: Patient }) {
  const t = useTranslations('billing')
  const writing = useWriting()
  const ledger = useQuery(ledgerQuery(useSlug(), patient.id))
  return (
    <Card title={t('balance')}>
      <Answer to={ledger} compact>
        {({ balance, family_balance }) => (
          <div className="grid gap-1 px-4 py-3">
            <p className="flex items-baseline gap-2">
              <bdi className="font-semibold text-xl">{writing.money(balance)}</bdi>
              <span className="text-muted-foreground text-sm">
                {balance.amount > 0 ? t('owes') : balance.amount < 0 ? t('credit') : t('settled')}
              </span>
            </p>
            {family_balance && family_balance.amount !== balance.amount && (
              <p className="text-muted-foreground text-sm">
                {t('family')} <bdi className="font-medium text-foreground">{writing.money(family_balance)}</bdi>
              </p>
            )}
          </div>
        )}
      </Answer>
    </Card>
  )
}
