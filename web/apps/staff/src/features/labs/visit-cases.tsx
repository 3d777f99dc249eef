import { useQuery } from '@tanstack/react-query'
import { Truck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useTeeth } from '@/features/charting/use-teeth'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { isAway } from './model'
import { casesOfVisitQuery } from './queries'

/** What must be back from a laboratory for this visit and is not. */
export function VisitCases({ visit }: { visit: string }) {
  const t = useTranslations('labs')
  const writing = useWriting()
  const { written: teeth } = useTeeth()
  const may = useMay('labs.track')
  const cases = useQuery({ ...casesOfVisitQuery(useSlug(), visit), enabled: may }).data
  const away = cases?.filter(isAway) ?? []
  if (away.length === 0) return null
  return (
    <ul aria-label={t('notBackList')} className="grid gap-1 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn">
      {away.map(one => (
        <li key={one.id} className="flex items-start gap-1.5">
          <Truck aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>{t('notBack', { work: t(`works.${one.work}`), teeth: teeth(one.teeth), day: writing.day(one.due_on) })}</span>
        </li>
      ))}
    </ul>
  )
}
