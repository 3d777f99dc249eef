import { Badge, Banner } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { ShieldCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { healthQuery } from './queries'

/** How far the record is sealed, and whether it is still what was sealed. */
export function Health() {
  const t = useTranslations('audit')
  const { dayOf, time, format } = useWriting()
  const health = useQuery(healthQuery(useSlug())).data
  if (!health) return null
  const when = (at: string) => `${dayOf(at)}, ${time(at)}`
  const number = (count: number) => new Intl.NumberFormat(format).format(count)
  if (health.problem)
    return <Banner tone="danger" title={t('broken', { row: health.problem_seq === null ? '–' : number(health.problem_seq) })} />
  return (
    <p className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground text-sm">
      <Badge tone="neutral">
        <ShieldCheck aria-hidden /> {t(health.looked_at ? 'verified' : 'sealed')}
      </Badge>
      {health.looked_at
        ? t('verifiedAbout', { rows: number(health.verified ?? 0), when: when(health.looked_at) })
        : t('sealedAbout', { rows: number(health.sealed) })}
    </p>
  )
}
