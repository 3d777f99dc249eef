import { Button, cn, Empty } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { CalendarPlus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import type { Visit } from './model'
import { StatusChip } from './status'

type AgendaProps = {
  items: Visit[]
  whereOf: (item: Visit) => string
  date: string
  selected?: string
  onSelect: (item: Visit) => void
  onBook?: () => void
}

/** The same day as a table: the twin of the grid for reading, printing and screen readers. */
export function Agenda({ items, whereOf, date, selected, onSelect, onBook }: AgendaProps) {
  const t = useTranslations('schedule')
  const writing = useWriting()
  const clinic = useSlug()
  if (items.length === 0)
    return (
      <Empty icon={CalendarPlus} title={t('empty')} about={t('emptyAbout')}>
        {onBook && (
          <Button onClick={onBook}>
            {t('book')} <Keys of="book" />
          </Button>
        )}
      </Empty>
    )
  const ordered = [...items].sort((a, b) => a.start - b.start || a.column - b.column)
  return (
    <div className="@container">
      <table className="w-full text-start text-sm">
        <caption className="sr-only">{date}</caption>
        <thead className="sticky top-0 z-10 bg-background text-muted-foreground text-xs shadow-[0_1px_var(--border)] *:*:h-9 *:*:px-4 *:*:text-start max-sm:*:*:px-1.5 *:*:font-medium">
          <tr>
            <th scope="col">{t('time')}</th>
            <th scope="col">{t('name')}</th>
            <th scope="col" className="max-sm:hidden">
              {t('service')}
            </th>
            <th scope="col" className="@max-2xl:hidden">
              {t('place')}
            </th>
            <th scope="col">{t('status')}</th>
          </tr>
        </thead>
        <tbody>
          {ordered.map(item => (
            <tr
              key={item.id}
              className={cn(
                'border-b *:h-10 *:px-4 hover:bg-surface max-sm:*:px-1.5 max-sm:*:py-1.5',
                item.id === selected && 'bg-accent',
              )}
            >
              <td className="whitespace-nowrap text-muted-foreground">
                <button
                  type="button"
                  aria-pressed={item.id === selected}
                  onClick={() => onSelect(item)}
                  className="rounded px-1 py-0.5 underline-offset-4 hover:underline"
                >
                  <bdi dir="ltr">
                    <span className="max-sm:hidden">{writing.range(item.visit.starts_at, item.visit.ends_at)}</span>
                    <span className="sm:hidden">{writing.time(item.visit.starts_at)}</span>
                  </bdi>
                </button>
              </td>
              <th scope="row" className="text-start font-medium">
                <Link
                  to="/c/$clinic/patients/$patient"
                  params={{ clinic, patient: item.visit.patient_id }}
                  className="hover:underline"
                >
                  <bdi>{item.visit.patient.name}</bdi>
                </Link>
                <bdi className="block font-normal text-muted-foreground text-xs sm:hidden">{item.service}</bdi>
              </th>
              <td className="max-sm:hidden">
                <bdi>{item.service}</bdi>
                <bdi className="block text-muted-foreground text-xs @2xl:hidden">{whereOf(item)}</bdi>
              </td>
              <td className="text-muted-foreground @max-2xl:hidden">
                <bdi>{whereOf(item)}</bdi>
              </td>
              <td>
                <StatusChip status={item.status} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
