import type { Patient } from '@chairside/api'
import { Card } from '@chairside/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { Money } from './money'
import { ledgerQuery } from './queries'

/** What the patient owes, and the family with them. Positive: they owe. */
export function BalanceCard({ patient }: { patient: Patient }) {
  return useMay('billing.read') ? <Balance patient={patient} /> : null
}

function Balance({ patient }: { patient: Patient }) {
  const t = useTranslations('billing')
  const ledger = useInfiniteQuery(ledgerQuery(useSlug(), patient.id))
  return (
    <Card title={t('balance')}>
      <Answer to={{ ...ledger, data: ledger.data?.pages[0] }} compact>
        {({ balance, family_balance }) => (
          <div className="grid gap-1 px-4 py-3">
            <p className="flex items-baseline gap-2">
              <Money of={balance} className="font-semibold text-xl" />
              <span className="text-muted-foreground text-sm">
                {balance.amount > 0 ? t('owes') : balance.amount < 0 ? t('credit') : t('settled')}
              </span>
            </p>
            {family_balance.amount !== balance.amount && (
              <p className="text-muted-foreground text-sm">
                {t('family')} <Money of={family_balance} className="font-medium text-foreground" />
              </p>
            )}
          </div>
        )}
      </Answer>
    </Card>
  )
}
