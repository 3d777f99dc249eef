import type { Status } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { StatusChip } from './status'

const SHOWN: Status[] = ['requested', 'scheduled', 'confirmed', 'arrived', 'in_chair', 'completed', 'no_show']

/** What the icons and edges of the grid mean. */
export function Legend() {
  const t = useTranslations('schedule')
  return (
    <section className="border-t p-4">
      <h2 className="mb-2 font-medium text-muted-foreground text-xs">{t('legend')}</h2>
      <ul className="flex flex-wrap gap-1.5">
        {SHOWN.map(status => (
          <li key={status}>
            <StatusChip status={status} />
          </li>
        ))}
      </ul>
    </section>
  )
}
