import type { Patient } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Card, Empty, Menu, MenuItem } from '@chairside/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Ellipsis, FilePlus2, HandCoins, Plus, ReceiptText, Scale } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { AdjustmentDialog } from './adjustment-dialog'
import { ChargeDialog } from './charge-dialog'
import { InvoiceDialog } from './invoice-dialog'
import { InvoicesCard } from './invoices-card'
import { LedgerTable } from './ledger-table'
import { PaymentDialog } from './payment-dialog'
import { PaymentSheet } from './payment-sheet'
import { ledgerQuery } from './queries'
import { Standing } from './standing'
import { UnbilledCard } from './unbilled-card'

type Open = 'payment' | 'charge' | 'invoice' | 'adjustment' | { payment: string }

/** A patient's money: what is owed, everything that made it so, and what can be done about it. */
export function LedgerSection({ patient }: { patient: Patient }) {
  const t = useTranslations('billing')
  const more = useTranslations('patients')('more')
  const group = useTranslations('shell.groups')('patient')
  const clinic = useSlug()
  const may = {
    payment: useMay('billing.collect'),
    charge: useMay('billing.charge'),
    invoice: useMay('billing.invoice'),
    adjustment: useMay('billing.adjust'),
  }
  const [open, setOpen] = useState<Open>()
  const close = () => setOpen(undefined)
  const ledger = useInfiniteQuery(ledgerQuery(clinic, patient.id))
  const acts = (
    [
      { id: 'payment', label: t('takePayment'), icon: <HandCoins /> },
      { id: 'invoice', label: t('newInvoice'), icon: <FilePlus2 /> },
      { id: 'charge', label: t('addCharge'), icon: <Plus /> },
      { id: 'adjustment', label: t('adjust'), icon: <Scale /> },
    ] as const
  )
    .filter(act => may[act.id])
    .map(act => ({ ...act, group, run: () => setOpen(act.id) }))
  useCommands(acts)
  const who = { id: patient.id, name: `${patient.first_name} ${patient.last_name}` }
  return (
    <Answer to={ledger}>
      {({ pages }) => {
        const [first] = pages
        const entries = pages.flatMap(page => page.items)
        if (!first) return null
        return (
          <div className="grid max-w-6xl gap-5 p-6 max-sm:p-4">
            <div className="flex flex-wrap items-start justify-between gap-4">
              <Standing patient={patient} ledger={first} />
              <div className="flex flex-wrap gap-2">
                {acts
                  .filter(act => act.id !== 'adjustment')
                  .map(act => (
                    <Button key={act.id} variant={act.id === 'payment' ? 'default' : 'outline'} onClick={act.run}>
                      {act.icon} {act.label} <Keys of={act.id} className="max-sm:hidden" />
                    </Button>
                  ))}
                {may.adjustment && (
                  <Menu
                    label={more}
                    trigger={
                      <Button variant="outline" size="icon" aria-label={more}>
                        <Ellipsis />
                      </Button>
                    }
                  >
                    <MenuItem onSelect={() => setOpen('adjustment')}>
                      <Scale aria-hidden /> {t('adjust')} <Keys of="adjustment" className="ms-auto" />
                    </MenuItem>
                  </Menu>
                )}
              </div>
            </div>
            <div className="grid grid-cols-[minmax(0,5fr)_minmax(0,3fr)] items-start gap-4 max-lg:grid-cols-1">
              <Card title={t('ledger')}>
                {entries.length === 0 ? (
                  <Empty icon={ReceiptText} title={t('empty')} about={t('emptyAbout')}>
                    {may.charge && (
                      <Button onClick={() => setOpen('charge')}>
                        <Plus aria-hidden /> {t('addCharge')}
                      </Button>
                    )}
                  </Empty>
                ) : (
                  <LedgerTable
                    balance={first.balance}
                    entries={entries}
                    patient={patient.id}
                    onPayment={payment => setOpen({ payment })}
                  />
                )}
                {ledger.hasNextPage && (
                  <div className="grid place-items-center border-t p-3">
                    <Button variant="outline" disabled={ledger.isFetchingNextPage} onClick={() => ledger.fetchNextPage()}>
                      {t('earlier')}
                    </Button>
                  </div>
                )}
              </Card>
              <div className="grid gap-4 max-lg:-order-1">
                <UnbilledCard patient={patient.id} onInvoice={may.invoice ? () => setOpen('invoice') : undefined} />
                <InvoicesCard patient={patient.id} />
              </div>
            </div>
            {open === 'payment' && <PaymentDialog patient={who} onClose={close} />}
            {open === 'charge' && <ChargeDialog patient={who} onClose={close} />}
            {open === 'invoice' && <InvoiceDialog patient={who} onClose={close} />}
            {open === 'adjustment' && <AdjustmentDialog patient={who} onClose={close} />}
            {typeof open === 'object' && <PaymentSheet id={open.payment} onClose={close} />}
          </div>
        )
      }}
    </Answer>
  )
}
