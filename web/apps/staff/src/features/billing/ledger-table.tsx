import type { Entry, Money as Sum } from '@chairside/api'
import { cn } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import {
  ArrowLeftRight,
  BookOpen,
  HandCoins,
  type LucideIcon,
  ReceiptText,
  RotateCcw,
  Scale,
  Scissors,
  Undo2,
} from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { running, told } from './model'
import { Money } from './money'

const ICONS: Record<Entry['kind'], LucideIcon> = {
  opening_balance: BookOpen,
  charge: ReceiptText,
  payment: HandCoins,
  adjustment: Scale,
  refund: Undo2,
  write_off: Scissors,
  transfer: ArrowLeftRight,
  reversal: RotateCcw,
}

type Props = { balance: Sum; entries: Entry[]; patient: string; onPayment: (id: string) => void }

/** Newest first, each with what the balance was after it. */
export function LedgerTable({ balance, entries, patient, onPayment }: Props) {
  const t = useTranslations('billing')
  const writing = useWriting()
  const after = running(balance.amount, entries)
  return (
    <table className="w-full text-sm [&_tbody>tr:last-child]:border-b-0">
      <caption className="sr-only">{t('ledger')}</caption>
      <thead className="border-b bg-surface text-muted-foreground text-xs *:*:h-9 *:*:px-4 *:*:text-start *:*:font-medium">
        <tr>
          <th scope="col" className="max-sm:hidden">
            {t('on')}
          </th>
          <th scope="col">{t('entry')}</th>
          <th scope="col" className="text-end!">
            {t('amount')}
          </th>
          <th scope="col" className="text-end! max-sm:hidden">
            {t('after')}
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry, index) => (
          <tr key={entry.id} className="border-b align-top *:px-4 *:py-2.5">
            <td className="whitespace-nowrap text-muted-foreground max-sm:hidden">{writing.day(entry.on)}</td>
            <td>
              <EntryWords entry={entry} patient={patient} onPayment={onPayment} />
            </td>
            <td className={cn('text-end font-medium', entry.amount.amount < 0 && 'text-ok')}>
              <Money of={entry.amount} />
            </td>
            <td className="text-end text-muted-foreground max-sm:hidden">
              <Money of={{ ...balance, amount: after[index] ?? 0 }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function EntryWords({ entry, patient, onPayment }: { entry: Entry } & Pick<Props, 'patient' | 'onPayment'>) {
  const t = useTranslations('billing')
  const clinic = useSlug()
  const writing = useWriting()
  const Icon = ICONS[entry.kind]
  const one = told(entry)
  const kind = t(`kinds.${entry.kind}`)
  const { source } = entry
  const title =
    one.say === 'payment'
      ? `${kind} · ${t(`methods.${one.method}`)}`
      : one.say === 'reversed'
        ? t('reversedWhat', { what: one.what === BROUGHT_FORWARD ? t('kinds.opening_balance') : one.what })
        : one.say === 'creditApplied'
          ? t('creditApplied', { number: one.number })
          : one.say === 'words'
            ? one.words
            : kind
  const about = one.say === 'reversed' || one.say === 'kind' ? one.why : one.say === 'words' ? kind : undefined
  const look = 'w-fit text-start underline-offset-4 hover:underline'
  const linked: ReactNode =
    source?.type === 'payment' ? (
      <button type="button" onClick={() => onPayment(source.id)} className={look}>
        {title}
      </button>
    ) : source?.type === 'invoice' ? (
      <Link to="/c/$clinic/patients/$patient/invoices/$invoice" params={{ clinic, patient, invoice: source.id }} className={look}>
        {title}
      </Link>
    ) : (
      title
    )
  return (
    <span className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5">
      <Icon aria-hidden className="mt-0.5 size-4 text-muted-foreground" />
      <span className="grid">
        <span dir="auto" className="w-fit max-w-full font-medium">
          {linked}
        </span>
        <span className="flex flex-wrap gap-x-1.5 text-muted-foreground text-xs">
          <span className="sm:hidden">{writing.day(entry.on)}</span>
          {about && about !== BROUGHT_FORWARD && <bdi>{about}</bdi>}
        </span>
      </span>
    </span>
  )
}

/** As the server writes an opening balance. */
export const BROUGHT_FORWARD = 'balance brought forward'
