import type { DayClose } from '@chairside/api'
import { Badge, Banner, Button, Dialog, notify } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Printer, Undo2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Money } from '../money'
import { ReasonForm } from '../reason-form'
import { Differences } from './differences'
import { closeQuery, depositSlip, sheetOf } from './queries'
import { reopenDay } from './writes'

/** One close: what was counted, what it covers, its papers; the last one can be reopened. */
export function CloseSheet({ id, onClose }: { id: string; onClose: () => void }) {
  const t = useTranslations('day.drawer')
  const states = useTranslations('states')
  const clinic = useSlug()
  const mayClose = useMay('billing.close_day')
  const [reopening, setReopening] = useState(false)
  const close = useQuery(closeQuery(clinic, id))
  // One at a time: two dialogs would fight for the focus.
  if (reopening && close.data)
    return (
      <ReasonForm
        title={t('reopen')}
        about={t('reopenAbout')}
        confirm={t('reopen')}
        danger
        act={reason => reopenDay(clinic, id, reason)}
        onDone={() => {
          notify({ tone: 'ok', title: t('reopenedDone') })
          onClose()
        }}
        onClose={() => setReopening(false)}
      />
    )
  return (
    <Dialog
      open
      onClose={onClose}
      at="end"
      title={close.data ? t('closeOf', { number: close.data.number }) : t('closes')}
      close={states('close')}
    >
      <Answer to={close}>
        {one => (
          <>
            <CloseFacts close={one} />
            <div className="mt-auto flex flex-wrap justify-end gap-2 border-t bg-surface px-5 py-3">
              {mayClose && one.last && (
                <Button variant="destructive" className="me-auto" onClick={() => setReopening(true)}>
                  <Undo2 aria-hidden className="rtl:-scale-x-100" /> {t('reopen')}
                </Button>
              )}
              <Button asChild variant="outline">
                <a href={sheetOf(clinic, one.date)} target="_blank" rel="noopener">
                  <Printer aria-hidden /> {t('sheet')}
                </a>
              </Button>
              <Button asChild>
                <a href={depositSlip(clinic, one.id)} target="_blank" rel="noopener">
                  <Printer aria-hidden /> {t('slip')}
                </a>
              </Button>
            </div>
          </>
        )}
      </Answer>
    </Dialog>
  )
}

function CloseFacts({ close }: { close: DayClose }) {
  const t = useTranslations('day.drawer')
  const methods = useTranslations('billing.methods')
  const writing = useWriting()
  const rows = (['cash', 'check', 'card'] as const).map(method => ({
    method,
    expected: (close.expected[method]?.amount ?? 0) + (method === 'cash' ? close.opening_float.amount : 0),
    counted: close.counted[method]?.amount,
    difference: close.difference[method]?.amount,
  }))
  return (
    <div className="grid content-start gap-5 overflow-y-auto px-5 pt-3 pb-6">
      <div className="grid gap-1">
        <p className="font-semibold text-xl">{writing.day(close.date)}</p>
        <p className="text-muted-foreground text-sm">
          {close.closed_by && <bdi className="font-medium text-foreground">{close.closed_by}</bdi>} ·{' '}
          {writing.dayOf(close.closed_at)} <bdi dir="ltr">{writing.time(close.closed_at)}</bdi>
        </p>
      </div>
      {close.reversal && (
        <Banner tone="warn" title={t('reopenedBy', { name: close.reversal.by ?? '–', day: writing.dayOf(close.reversal.at) })}>
          <p dir="auto">{close.reversal.reason}</p>
        </Banner>
      )}
      <div className="overflow-hidden rounded-lg border">
        <Differences rows={rows} transfer={close.expected.transfer?.amount} />
      </div>
      {close.note && (
        <p dir="auto" className="whitespace-pre-wrap rounded-lg border px-3 py-2 text-sm">
          {close.note}
        </p>
      )}
      <dl className="grid grid-cols-[1fr_auto] gap-x-6 gap-y-1.5 text-sm">
        <dt className="text-muted-foreground">{t('kept')}</dt>
        <dd className="text-end">
          <Money of={close.kept} />
        </dd>
        <dt className="text-muted-foreground">{t('deposited')}</dt>
        <dd className="text-end font-semibold">
          <Money of={{ ...close.deposited, amount: close.deposited.amount + (close.counted.check?.amount ?? 0) }} />
        </dd>
      </dl>
      {close.items.length > 0 && (
        <section className="grid gap-1">
          <h3 className="font-medium text-muted-foreground text-xs">{t('covers')}</h3>
          <ul className="rounded-lg border">
            {close.items.map(item => (
              <li key={item.id} className="flex min-h-9 items-center gap-3 border-t px-3 text-sm first:border-t-0">
                <bdi className="me-auto">{item.patient_name}</bdi>
                {item.kind === 'refund' && <Badge>{t('refund')}</Badge>}
                {!item.counted && <Badge tone="warn">{t('missing')}</Badge>}
                <span className="text-muted-foreground text-xs">{methods(item.method)}</span>
                <Money of={item.amount} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}
