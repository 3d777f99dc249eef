import { Button, cn, Empty } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { CalendarPlus, UsersRound } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { takenOf } from './groups/blocks'
import type { Visit } from './model'
import { StatusChip } from './status'

export type AgendaDay = { date: string; title: string; about?: string }
type AgendaProps = {
  items: Visit[]
  whereOf: (item: Visit) => string
  date: string
  /** Given where it is of more days than one: each under its name, and what else is to be said of it. */
  days?: AgendaDay[]
  dayOf?: (item: Visit) => string
  selected?: string
  onSelect: (item: Visit) => void
  onBook?: () => void
}

/** The same day, or days, as a table: the twin of the grid for reading, printing and screen readers. */
export function Agenda({ items, whereOf, date, days, dayOf, selected, onSelect, onBook }: AgendaProps) {
  const t = useTranslations('schedule')
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
        {(days ?? [{ date, title: '' }]).map(day => {
          const its = days ? ordered.filter(item => dayOf?.(item) === day.date) : ordered
          return (
            <tbody key={day.date}>
              {days && (
                <tr className="border-b bg-surface">
                  <th scope="rowgroup" colSpan={5} className="h-9 px-4 text-start font-semibold max-sm:px-1.5">
                    {day.title}
                    <span className="ms-2 font-normal text-muted-foreground text-xs">
                      {[t('visits', { count: its.reduce((many, one) => many + (one.seats?.length ?? 1), 0) }), day.about]
                        .filter(Boolean)
                        .join(' · ')}
                    </span>
                  </th>
                </tr>
              )}
              {its
                .flatMap(item => [item, ...(item.seats ?? [])])
                .map(item => (
                  <Row key={item.id} item={item} where={whereOf(item)} isChosen={item.id === selected} onSelect={onSelect} />
                ))}
            </tbody>
          )
        })}
      </table>
    </div>
  )
}

type RowProps = { item: Visit; where: string; isChosen: boolean; onSelect: (item: Visit) => void }

function Row({ item, where, isChosen, onSelect }: RowProps) {
  const t = useTranslations('schedule')
  const writing = useWriting()
  const clinic = useSlug()
  return (
    <tr className={cn('border-b *:h-10 *:px-4 hover:bg-surface max-sm:*:px-1.5 max-sm:*:py-1.5', isChosen && 'bg-accent')}>
      <td className="whitespace-nowrap text-muted-foreground">
        <button
          type="button"
          aria-pressed={isChosen}
          onClick={() => onSelect(item)}
          className="rounded px-1 py-0.5 underline-offset-4 hover:underline"
        >
          <bdi dir="ltr">
            <span className="max-sm:hidden">{writing.range(item.visit.starts_at, item.visit.ends_at)}</span>
            <span className="sm:hidden">{writing.time(item.visit.starts_at)}</span>
          </bdi>
        </button>
      </td>
      <th
        scope="row"
        className={cn('text-start font-medium', !item.session && item.visit.group_session_id && 'ps-8! max-sm:ps-4!')}
      >
        {item.session ? (
          <span className="flex items-center gap-1.5">
            <UsersRound aria-hidden className="size-4 shrink-0 text-muted-foreground" />
            <bdi>{item.session.name}</bdi>
          </span>
        ) : (
          <Link to="/c/$clinic/patients/$patient" params={{ clinic, patient: item.visit.patient_id }} className="hover:underline">
            <bdi>{item.visit.patient.name}</bdi>
          </Link>
        )}
        <bdi className="block font-normal text-muted-foreground text-xs sm:hidden">{item.service}</bdi>
      </th>
      <td className="max-sm:hidden lg:min-w-32">
        <bdi>{item.service}</bdi>
        <bdi className="block text-muted-foreground text-xs @2xl:hidden">{where}</bdi>
      </td>
      <td className="text-muted-foreground @max-2xl:hidden">
        <bdi>{where}</bdi>
      </td>
      <td>
        {item.session ? (
          <span className="text-sm tabular-nums">
            {t('group.seatsOf', { taken: takenOf(item.seats?.map(seat => seat.visit)), capacity: item.session.capacity })}
          </span>
        ) : (
          <StatusChip status={item.status} visit={item.visit} />
        )}
      </td>
    </tr>
  )
}
