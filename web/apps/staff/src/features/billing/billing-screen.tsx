import { useCommands } from '@chairside/commands'
import { Button, Empty, Segmented } from '@chairside/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { HandCoins, LockKeyhole, ReceiptText } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { type BillingSearch, FILTERS, type Filter } from './filters'
import { InvoicesTable } from './invoices-table'
import { More } from './more'
import { PaymentSheet } from './payment-sheet'
import { PaymentsTable } from './payments-table'
import { invoicesQuery, paymentsQuery } from './queries'

/** Every invoice and payment of the clinic. The address holds what is looked at. */
export function BillingScreen({ show, filter = 'all', payment }: BillingSearch) {
  const t = useTranslations('billing')
  const group = useTranslations('shell.groups')('billing')
  const navigate = useNavigate({ from: '/c/$clinic/billing' })
  const clinic = useSlug()
  const mayClose = useMay('billing.close_day')
  const set = (next: BillingSearch) => navigate({ search: next, replace: true })
  useCommands([
    { id: 'show-invoices', group, label: t('invoices'), run: () => set({}) },
    { id: 'show-payments', group, label: t('payments'), run: () => set({ show: 'payments' }) },
  ])
  return (
    <div className="flex h-full min-h-0 flex-col">
      <title>{t('title')}</title>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5">
        <h1 className="font-semibold text-xl tracking-tight rtl:tracking-normal">{t('title')}</h1>
        <Segmented
          label={t('show')}
          value={show ?? 'invoices'}
          onChange={value => set(value === 'payments' ? { show: 'payments' } : {})}
          choices={[
            { value: 'invoices', label: t('invoices') },
            { value: 'payments', label: t('payments') },
          ]}
        />
        {mayClose && (
          <Button asChild variant="outline" className="sm:order-last">
            <Link to="/c/$clinic/billing/day-close" params={{ clinic }}>
              <LockKeyhole aria-hidden /> {t('closeDay')}
            </Link>
          </Button>
        )}
        {show !== 'payments' && (
          <div className="sm:ms-auto">
            <Segmented
              label={t('filter')}
              className="flex-wrap [&>button]:min-h-6 [&>button]:whitespace-nowrap"
              value={filter}
              onChange={value => set({ filter: value === 'all' ? undefined : (value as Filter) })}
              choices={FILTERS.map(value => ({ value, label: t(value === 'all' ? 'all' : `status.${value}`) }))}
            />
          </div>
        )}
      </header>
      <section aria-label={t(show ?? 'invoices')} className="min-h-0 flex-1 overflow-auto">
        {show === 'payments' ? <Payments onOpen={id => set({ show, payment: id })} /> : <Invoices filter={filter} />}
      </section>
      {payment && <PaymentSheet id={payment} onClose={() => set({ show })} />}
    </div>
  )
}

function Invoices({ filter }: { filter: Filter }) {
  const t = useTranslations('billing')
  const query = filter === 'all' ? {} : filter === 'overdue' ? { overdue: true } : { status: filter }
  const invoices = useInfiniteQuery(invoicesQuery(useSlug(), query))
  return (
    <Answer to={invoices}>
      {({ pages }) => {
        const items = pages.flatMap(page => page.items)
        if (items.length === 0)
          return (
            <Empty
              icon={ReceiptText}
              title={filter === 'all' ? t('noInvoices') : t('noneSuch')}
              about={filter === 'all' ? t('noInvoicesAbout') : t('noneSuchAbout')}
            />
          )
        return (
          <>
            <InvoicesTable invoices={items} stale={invoices.isPlaceholderData} />
            <More of={invoices} />
          </>
        )
      }}
    </Answer>
  )
}

function Payments({ onOpen }: { onOpen: (id: string) => void }) {
  const t = useTranslations('billing')
  const payments = useInfiniteQuery(paymentsQuery(useSlug()))
  return (
    <Answer to={payments}>
      {({ pages }) => {
        const items = pages.flatMap(page => page.items)
        if (items.length === 0) return <Empty icon={HandCoins} title={t('noPayments')} about={t('noPaymentsAbout')} />
        return (
          <>
            <PaymentsTable payments={items} onOpen={onOpen} />
            <More of={payments} />
          </>
        )
      }}
    </Answer>
  )
}
