import type { Invoice } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Banner, Button, notify } from '@chairside/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Ban, ChevronLeft, Coins, HandCoins, Mail, Pencil, Printer, Send, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { useOnce } from '@/lib/once'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { DraftDialog } from './draft-dialog'
import { InvoiceChip, struck } from './invoice-chip'
import { InvoicePaper } from './invoice-paper'
import { LetterList } from './letter-list'
import { isOpen } from './model'
import { PaymentDialog } from './payment-dialog'
import { PaymentSheet } from './payment-sheet'
import { invoicePaper, invoiceQuery, ledgerQuery } from './queries'
import { ReasonForm } from './reason-form'
import { SendDialog } from './send-dialog'
import { useMoneyRegret } from './use-money-form'
import { applyCredit, discard, draft, issue, voidInvoice } from './writes'

export function InvoiceScreen({ id, alerts }: { id: string; alerts: (patient: string) => ReactNode }) {
  const invoice = useQuery(invoiceQuery(useSlug(), id))
  return (
    <div className="h-full overflow-y-auto">
      <Answer to={invoice}>
        {one => (
          <>
            {alerts(one.patient_id)}
            <InvoicePage invoice={one} />
          </>
        )}
      </Answer>
    </div>
  )
}

type Act = { id: string; label: string; keys?: string; icon: ReactNode; run: () => void; look?: 'default' | 'destructive' }

function InvoicePage({ invoice }: { invoice: Invoice }) {
  const t = useTranslations('billing')
  const letters = useTranslations('letters')
  const tell = useTell()
  const group = useTranslations('shell.groups')('invoice')
  const clinic = useSlug()
  const writing = useWriting()
  const navigate = useNavigate()
  const regret = useMoneyRegret()
  const once = useOnce()
  const may = { invoice: useMay('billing.invoice'), collect: useMay('billing.collect'), void: useMay('billing.void') }
  const [open, setOpen] = useState<'payment' | 'void' | 'draft' | 'letter' | { payment: string }>()
  const close = () => setOpen(undefined)
  const isDraft = invoice.status === 'draft'
  const owes = isOpen(invoice)
  const credit = useInfiniteQuery({ ...ledgerQuery(clinic, invoice.patient_id), enabled: owes }).data?.pages[0]?.unapplied
  const who = { id: invoice.patient_id, name: invoice.patient.name }
  const back = () =>
    navigate({ to: '/c/$clinic/patients/$patient', params: { clinic, patient: invoice.patient_id }, search: { tab: 'ledger' } })
  const paper = invoicePaper(clinic, invoice.id)
  const name = invoice.number ?? t('draft')

  const acts: (Act | false | undefined)[] = [
    isDraft &&
      may.invoice && {
        id: 'issue',
        label: t('issue'),
        icon: <Send />,
        look: 'default',
        run: () => once(issue(clinic, invoice)).then(one => said(t('issued', { number: one.number ?? '' })), regret),
      },
    owes &&
      may.collect && {
        id: 'payment',
        label: t('takePayment'),
        icon: <HandCoins />,
        look: 'default',
        run: () => setOpen('payment'),
      },
    owes &&
      may.collect &&
      !!credit &&
      credit.amount > 0 && {
        id: 'apply-credit',
        label: t('applyCredit', { sum: writing.money(credit) }),
        icon: <Coins />,
        run: () => once(applyCredit(clinic, invoice)).then(() => said(t('creditApplied', { number: name })), regret),
      },
    { id: 'pdf', label: t('print'), icon: <Printer />, run: () => window.open(paper, '_blank') },
    !isDraft &&
      invoice.status !== 'void' &&
      may.invoice && { id: 'letter', label: letters('send'), icon: <Mail />, run: () => setOpen('letter') },
    isDraft && may.invoice && { id: 'edit', label: t('changeDraft'), icon: <Pencil />, run: () => setOpen('draft') },
    isDraft &&
      may.invoice && {
        id: 'discard',
        label: t('discard'),
        icon: <Trash2 />,
        look: 'destructive',
        run: () =>
          once(discard(clinic, invoice)).then(() => {
            const ids = invoice.lines.flatMap(line => line.charge_id ?? [])
            tell(t('discarded'), () => send(draft(clinic, invoice.patient_id, ids, 0, invoice.note ?? undefined)))
            void back()
          }, regret),
      },
    !isDraft &&
      invoice.status !== 'void' &&
      may.void && { id: 'void', label: t('void'), icon: <Ban />, look: 'destructive', run: () => setOpen('void') },
  ]
  const shown = acts.filter(act => !!act) as Act[]
  useCommands(shown.map(({ id, label, icon, run }) => ({ id: `invoice-${id}`, group, label, icon, run })))
  const said = (title: string) => notify({ tone: 'ok', title })
  return (
    <div className="mx-auto grid max-w-5xl gap-5 px-6 pt-5 pb-16 max-sm:px-4">
      <title>{`${t('invoice')} ${invoice.number ?? ''}`}</title>
      <header className="grid gap-3">
        <Link
          to="/c/$clinic/patients/$patient"
          params={{ clinic, patient: invoice.patient_id }}
          search={{ tab: 'ledger' }}
          className="inline-flex w-fit items-center gap-1 text-muted-foreground text-sm hover:text-foreground"
        >
          <ChevronLeft aria-hidden className="size-4 rtl:-scale-x-100" />
          <bdi>{invoice.patient.name}</bdi>
        </Link>
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <h1 className="font-semibold text-xl tracking-tight rtl:tracking-normal">
            {invoice.number ? (
              <>
                {t('invoice')} <bdi className={struck(invoice)}>{invoice.number}</bdi>
              </>
            ) : (
              t('draft')
            )}
          </h1>
          <InvoiceChip invoice={invoice} className="me-auto" />
          <div className="flex flex-wrap gap-2">
            {shown.map(act => (
              <Button key={act.id} variant={act.look ?? 'outline'} onClick={act.run}>
                {act.icon} {act.label} <Keys of={`invoice-${act.id}`} className="max-sm:hidden" />
              </Button>
            ))}
          </div>
        </div>
      </header>
      {invoice.status === 'void' && invoice.voided_at && (
        <Banner tone="warn" title={t('voidedOn', { day: writing.dayOf(invoice.voided_at) })}>
          <p dir="auto">{invoice.void_reason}</p>
        </Banner>
      )}
      <InvoicePaper invoice={invoice} onPayment={payment => setOpen({ payment })} />
      {!isDraft && <LetterList paper={{ invoice_id: invoice.id }} />}
      {open === 'letter' && <SendDialog paper={{ invoice_id: invoice.id }} what={`${t('invoice')} ${name}`} onClose={close} />}
      {open === 'payment' && <PaymentDialog patient={who} invoice={invoice} onClose={close} />}
      {open === 'draft' && <DraftDialog invoice={invoice} onClose={close} />}
      {open === 'void' && (
        <ReasonForm
          title={t('voidWhat', { number: name })}
          about={t('voidAbout')}
          confirm={t('void')}
          danger
          act={reason => voidInvoice(clinic, invoice, reason)}
          onDone={() => {
            said(t('voided', { number: name }))
            close()
          }}
          onClose={close}
        />
      )}
      {typeof open === 'object' && <PaymentSheet id={open.payment} onClose={close} />}
    </div>
  )
}
