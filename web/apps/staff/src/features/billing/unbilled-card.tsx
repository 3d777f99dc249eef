import type { Charge } from '@chairside/api'
import { Button, Card, cn, notify } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { RotateCcw } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Money } from './money'
import { openChargesQuery } from './queries'
import { ReasonForm } from './reason-form'
import { useChargeWords } from './use-charge-words'
import { reverseCharge } from './writes'

/** What is owed but on no invoice yet. A mistaken charge can still be taken back here. */
export function UnbilledCard({ patient, onInvoice }: { patient: string; onInvoice?: () => void }) {
  const t = useTranslations('billing')
  const clinic = useSlug()
  const writing = useWriting()
  const words = useChargeWords()
  const mayCharge = useMay('billing.charge')
  const charges = useQuery(openChargesQuery(clinic, patient))
  const [taking, take] = useState<Charge>()
  if (charges.data?.length === 0) return null
  return (
    <Card
      title={t('unbilled')}
      end={
        onInvoice && (
          <Button size="sm" variant="ghost" onClick={onInvoice}>
            {t('newInvoice')}
          </Button>
        )
      }
    >
      <Answer to={charges} compact>
        {items => (
          <ul>
            {items.map(charge => (
              <li
                key={charge.id}
                className={cn('flex items-center gap-2 border-t px-4 py-2 text-sm first:border-t-0', mayCharge && 'pe-2')}
              >
                <span className="me-auto grid min-w-0">
                  <span dir="auto" className="w-fit max-w-full">
                    {words.title(charge)}
                  </span>
                  <span className="text-muted-foreground text-xs">
                    {words.about(charge)}
                    {charge.price_reason && (
                      <>
                        {' · '}
                        <bdi>{charge.price_reason}</bdi>
                      </>
                    )}
                  </span>
                </span>
                <Money of={charge.amount} className="font-medium" />
                {mayCharge && (
                  <Button
                    size="icon"
                    variant="ghost"
                    className="size-7"
                    aria-label={t('takeBackWhat', { what: words.title(charge) })}
                    onClick={() => take(charge)}
                  >
                    <RotateCcw className="rtl:-scale-x-100" />
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Answer>
      {taking && (
        <ReasonForm
          title={t('takeBack')}
          about={
            <>
              <bdi>{words.title(taking)}</bdi> · <bdi>{writing.money(taking.amount)}</bdi>
            </>
          }
          confirm={t('takeBack')}
          danger
          act={reason => reverseCharge(clinic, taking, reason)}
          onDone={() => {
            notify({ tone: 'ok', title: t('takenBack', { what: words.title(taking) }) })
            take(undefined)
          }}
          onClose={() => take(undefined)}
        />
      )}
    </Card>
  )
}
