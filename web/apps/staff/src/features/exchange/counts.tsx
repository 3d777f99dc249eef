import type { Import } from '@chairside/api'
import { cn } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'

/** The file in four numbers. */
export function Counts({ one, over }: { one: Import; over?: boolean }) {
  const t = useTranslations('imports')
  const number = new Intl.NumberFormat(useWriting().format)
  if (!one.counts) return null
  const { rows, accepted, refused, warned, already_present } = one.counts
  const facts: [string, number, string?, string?][] = [
    [t('rows'), rows],
    [over ? t('imported') : t('willImport'), accepted, 'text-ok', warned ? t('warned', { count: warned }) : undefined],
    [t('refused'), refused, refused ? 'text-destructive' : undefined],
    [t('alreadyPresent'), already_present],
  ]
  return (
    <dl className="grid grid-cols-4 gap-px overflow-hidden rounded-lg border bg-border max-sm:grid-cols-2">
      {facts.map(([term, value, look, about]) => (
        <div key={term} className="flex flex-col bg-background px-4 py-3">
          <dt className="text-muted-foreground text-xs">{term}</dt>
          <dd className={cn('font-semibold text-2xl tabular-nums', look)}>{number.format(value)}</dd>
          {about && <dd className="text-muted-foreground text-xs">{about}</dd>}
        </div>
      ))}
    </dl>
  )
}
