import type { LabCase } from '@chairside/api'
import { Badge } from '@chairside/ui'
import { Truck } from 'lucide-react'
import { useTranslations } from 'use-intl'

/** How it stands, in colour and in a word. */
export function CaseStatus({ one }: { one: LabCase }) {
  const t = useTranslations('labs')
  return (
    <span className="flex flex-wrap gap-1">
      <Badge tone={one.status === 'cancelled' ? 'danger' : 'neutral'}>{t(`status.${one.status}`)}</Badge>
      {one.overdue && <Badge tone="danger">{t('overdue')}</Badge>}
    </span>
  )
}

/** Why it will not be there for its visit. */
export function CaseTrouble({ one }: { one: LabCase }) {
  const t = useTranslations('labs')
  if (!one.trouble) return null
  return (
    <p className="flex items-center gap-1.5 font-medium text-sm text-warn">
      <Truck aria-hidden className="size-4" /> {t(`trouble.${one.trouble}`)}
    </p>
  )
}
