import type { Invoice } from '@chairside/api'
import { cn } from '@chairside/ui'
import { AlarmClock, Ban, CircleCheck, CircleDashed, CircleDotDashed, type LucideIcon, Send } from 'lucide-react'
import { useTranslations } from 'use-intl'

type Look = [icon: LucideIcon, className: string]
/** An icon, an edge and a word each; colour comes last. */
const LOOKS: Record<Invoice['status'] | 'overdue', Look> = {
  draft: [CircleDashed, 'border-dashed text-muted-foreground'],
  issued: [Send, 'bg-accent'],
  partially_paid: [CircleDotDashed, 'border-double border-2 bg-accent'],
  paid: [CircleCheck, 'text-ok'],
  void: [Ban, 'border-dotted text-muted-foreground'],
  overdue: [AlarmClock, 'border-destructive/40 bg-destructive-soft text-destructive'],
}

/** What no longer counts is struck through: the number and the sum, never the word that says so. */
export const struck = ({ status }: Pick<Invoice, 'status'>) => (status === 'void' ? 'line-through' : '')

export function InvoiceChip({ invoice, className }: { invoice: Pick<Invoice, 'status' | 'overdue'>; className?: string }) {
  const t = useTranslations('billing.status')
  const [Icon, look] = LOOKS[invoice.status]
  const [Late, late] = LOOKS.overdue
  const shape = 'inline-flex h-6 items-center gap-1.5 whitespace-nowrap rounded-md border px-2 font-medium text-xs'
  return (
    <span className={cn('inline-flex flex-wrap gap-1', className)}>
      {(!invoice.overdue || invoice.status === 'partially_paid') && (
        <span className={cn(shape, look)}>
          <Icon aria-hidden className="size-3.5" />
          {t(invoice.status)}
        </span>
      )}
      {invoice.overdue && (
        <span className={cn(shape, late)}>
          <Late aria-hidden className="size-3.5" />
          {t('overdue')}
        </span>
      )}
    </span>
  )
}
