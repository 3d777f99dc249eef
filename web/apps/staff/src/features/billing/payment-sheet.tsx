import { Badge, Button, Dialog } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Mail, Printer, Undo2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { LetterList } from './letter-list'
import { Money } from './money'
import { paymentQuery, receiptPaper } from './queries'
import { RefundDialog } from './refund-dialog'
import { SendDialog } from './send-dialog'

/** One payment: what it covered, what came back, its receipt. */
export function PaymentSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('billing')
  const states = useTranslations('states')
  const clinic = useSlug()
  const writing = useWriting()
  const letters = useTranslations('letters')
  const mayCollect = useMay('billing.collect')
  const mayRefund = useMay('billing.refund')
  const [refunding, setRefunding] = useState(false)
  const [sending, setSending] = useState(false)
  const payment = useQuery(paymentQuery(clinic, id))
  // One at a time: two dialogs would fight for the focus.
  if (refunding && payment.data) return <RefundDialog payment={payment.data} onClose={() => setRefunding(false)} />
  if (sending) return <SendDialog paper={{ payment_id: id }} what={t('receipt')} onClose={() => setSending(false)} />
  return (
    <Dialog open onClose={onClose} at="end" title={t('payment')} close={states('close')}>
      <Answer to={payment}>
        {one => (
          <>
            <div className="grid content-start gap-5 overflow-y-auto px-5 pt-4 pb-6">
              <div className="grid gap-1">
                <p className="flex flex-wrap items-center gap-2">
                  <Money of={one.amount} className="font-semibold text-2xl" />
                  {one.status !== 'succeeded' && <Badge tone="warn">{t(`paymentStatus.${one.status}`)}</Badge>}
                </p>
                <p className="text-muted-foreground text-sm">
                  <bdi className="font-medium text-foreground">{one.patient.name}</bdi> · {t(`methods.${one.method}`)} ·{' '}
                  {writing.day(one.on)} <bdi dir="ltr">{writing.time(one.received_at)}</bdi>
                </p>
                {one.reference && (
                  <p className="text-sm">
                    <span className="text-muted-foreground">{t('reference')}:</span> <bdi>{one.reference}</bdi>
                  </p>
                )}
              </div>
              <Part title={t('covered')}>
                {one.allocations.map(share => (
                  <Line key={share.invoice_id} sum={<Money of={share.amount} />}>
                    <Link
                      to="/c/$clinic/patients/$patient/invoices/$invoice"
                      params={{ clinic, patient: share.patient_id, invoice: share.invoice_id }}
                      className="font-medium underline-offset-4 hover:underline"
                    >
                      <bdi>{share.number}</bdi>
                    </Link>
                  </Line>
                ))}
                {one.unapplied.amount > 0 && <Line sum={<Money of={one.unapplied} />}>{t('unapplied')}</Line>}
              </Part>
              {one.refunds.length > 0 && (
                <Part title={t('refunds')}>
                  {one.refunds.map(back => (
                    <Line key={back.id} sum={<Money of={{ ...back.amount, amount: -back.amount.amount }} />}>
                      <bdi>{back.reason}</bdi> <span className="text-muted-foreground">· {writing.day(back.on)}</span>
                    </Line>
                  ))}
                </Part>
              )}
              <LetterList paper={{ payment_id: one.id }} />
            </div>
            <div className="mt-auto flex flex-wrap justify-end gap-2 border-t bg-surface px-5 py-3">
              {mayRefund && one.status !== 'refunded' && (
                <Button variant="destructive" className="me-auto" onClick={() => setRefunding(true)}>
                  <Undo2 aria-hidden className="rtl:-scale-x-100" /> {t('refund')}
                </Button>
              )}
              {mayCollect && (
                <Button variant="outline" onClick={() => setSending(true)}>
                  <Mail aria-hidden /> {letters('send')}
                </Button>
              )}
              <Button asChild>
                <a href={receiptPaper(clinic, one.id)} target="_blank" rel="noopener">
                  <Printer aria-hidden /> {t('receipt')}
                </a>
              </Button>
            </div>
          </>
        )}
      </Answer>
    </Dialog>
  )
}

const Part = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="grid gap-1">
    <h3 className="font-medium text-muted-foreground text-xs">{title}</h3>
    <ul className="rounded-lg border">{children}</ul>
  </section>
)

const Line = ({ sum, children }: { sum: ReactNode; children: ReactNode }) => (
  <li className="flex min-h-10 items-center gap-4 border-t px-3 text-sm first:border-t-0">
    <span className="me-auto">{children}</span>
    {sum}
  </li>
)
