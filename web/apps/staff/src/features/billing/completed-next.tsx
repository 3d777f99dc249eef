import type { DayPatient } from '@chairside/api'
import { Button, DialogFoot } from '@chairside/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleCheck, HandCoins } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { ANEW, useReadAnew } from '@/lib/read-anew'
import { Money } from './money'
import { ledgerQuery } from './queries'

type Props = { patient: Pick<DayPatient, 'id' | 'name'>; charged: number; onPay: () => void; onClose: () => void }

/** The patient is at the desk now: what they owe, and the way to settle it at one key. */
export function CompletedNext({ patient, charged, onPay, onClose }: Props) {
  const t = useTranslations('billing')
  const clinic = useSlug()
  const { currency } = useWriting()
  const mayRead = useMay('billing.read')
  const mayCollect = useMay('billing.collect')
  const mayInvoice = useMay('billing.invoice')
  const ledger = useInfiniteQuery({ ...ledgerQuery(clinic, patient.id), ...ANEW, enabled: mayRead })
  const anew = useReadAnew([ledger])
  return (
    <>
      <div className="grid gap-4 px-5 pt-4 pb-6">
        <p className="flex items-center gap-2 text-sm">
          <CircleCheck aria-hidden className="size-4 text-ok" />
          {t.rich('completedSum', { sum: () => <Money of={{ amount: charged, currency }} className="font-semibold" /> })}
        </p>
        {mayRead && (
          <Answer to={{ ...ledger, data: anew ? ledger.data?.pages[0] : undefined }} compact>
            {({ balance, family_balance }) => (
              <dl className="flex flex-wrap gap-x-10 gap-y-3">
                <div>
                  <dt className="text-muted-foreground text-xs">{t('patientBalance')}</dt>
                  <dd>
                    <Money of={balance} className="font-semibold text-2xl" />
                  </dd>
                </div>
                {family_balance.amount !== balance.amount && (
                  <div>
                    <dt className="text-muted-foreground text-xs">{t('familyBalance')}</dt>
                    <dd className="pt-1">
                      <Money of={family_balance} className="font-medium text-lg" />
                    </dd>
                  </div>
                )}
              </dl>
            )}
          </Answer>
        )}
      </div>
      <DialogFoot>
        {mayRead && (
          <Button asChild variant="ghost" className="me-auto">
            <Link to="/c/$clinic/patients/$patient" params={{ clinic, patient: patient.id }} search={{ tab: 'ledger' }}>
              {t('openLedger')}
            </Link>
          </Button>
        )}
        <Button variant="outline" onClick={onClose} autoFocus={!mayCollect}>
          {t('later')}
        </Button>
        {mayCollect && mayRead && (
          <Button onClick={onPay} autoFocus className="h-9">
            <HandCoins aria-hidden /> {mayInvoice ? t('invoiceAndPay') : t('payOnly')}
          </Button>
        )}
      </DialogFoot>
    </>
  )
}
