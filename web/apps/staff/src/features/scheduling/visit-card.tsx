import type { DayPatient } from '@chairside/api'
import type { Place } from '@chairside/schedule'
import { Banknote, Repeat, TriangleAlert, UsersRound } from 'lucide-react'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { isLong } from './lasting'
import type { Visit } from './model'
import { ICONS } from './status'
import { TouchedBy } from './touched-by'

type CardProps = {
  item: Visit
  place: Place
  range: string
  column: string
  word: string
  saving: boolean
  compact: boolean
  dense?: boolean
  /** For how many minutes who came has waited, or been in the chair. */
  lasting?: number
}

/** Lines are given by height, so that nothing is cut in the middle of a letter; what has no room is still said. */
export const VisitCard = memo(function VisitCard({
  item,
  place,
  range,
  column,
  word,
  saving,
  compact,
  dense,
  lasting,
}: CardProps) {
  const t = useTranslations('schedule')
  const { visit, status, service } = item
  const { patient } = visit
  const Icon = item.session ? UsersRound : ICONS[status]
  const height = place.length * (compact ? 1.15 : 1.6)
  const [twoLines, threeLines, notes] = [height >= 38, height >= 56, height >= 92]
  const over = status === 'completed' || status === 'no_show'
  const alerts = alertsOf(patient, t('pregnant'))
  const known = (
    <span className="sr-only">
      {patient.name}, {service}, <bdi dir="ltr">{range}</bdi>, {column}, {word} {alerts}
    </span>
  )
  // Too low for a letter: the colour and the mark at its side, the rest where one points at it.
  if (height < 13)
    return (
      <div className="visit" data-status={status} data-saving={saving || undefined}>
        {known}
      </div>
    )
  if (dense)
    return (
      <div className="visit" data-status={status} data-saving={saving || undefined}>
        <div
          aria-hidden
          className="flex flex-wrap items-center gap-x-0.5 overflow-hidden [&>svg]:size-3"
          style={{ maxHeight: Math.max(12, height - 4), paddingBlock: height < 26 ? 0 : 2 }}
        >
          <span className={`font-semibold text-2xs ${over ? 'text-muted-foreground' : ''}`}>{initialsOf(patient.name)}</span>
          <Icon style={{ color: 'var(--edge)' }} />
        </div>
        {known}
        <TouchedBy id={visit.id} />
      </div>
    )
  return (
    <div className="visit" data-status={status} data-saving={saving || undefined}>
      <div
        className="flex h-full flex-col"
        style={{ paddingBlock: height < 26 ? Math.max(0, (height - 17) / 2) : compact ? 3 : 5 }}
      >
        <div className="flex items-center gap-1">
          {/* A reason that does not fit beside the name wraps out of sight instead of being cut. */}
          <span className="flex h-[15px] min-w-0 flex-1 flex-wrap gap-x-1.5 overflow-hidden">
            <span dir="auto" className={`max-w-full truncate font-semibold ${over ? 'text-muted-foreground' : ''}`}>
              {patient.name}
            </span>
            {!twoLines && (
              <span dir="auto" className="flex-1 basis-14 truncate text-muted-foreground">
                {service}
              </span>
            )}
          </span>
          <span className="flex shrink-0 items-center gap-1 [&>svg]:size-3.5">
            {patient.alerts.length > 0 && <TriangleAlert className="text-destructive" />}
            {lasting !== undefined && (
              <span
                className={`text-2xs tabular-nums ${isLong(visit, lasting) ? 'font-semibold text-warn' : 'text-muted-foreground'}`}
              >
                {t('lasting', { minutes: lasting })}
              </span>
            )}
            {item.session && <span className="text-2xs tabular-nums">{word}</span>}
            {visit.series_id && <Repeat className="text-muted-foreground" />}
            <Icon style={{ color: 'var(--edge)' }} />
          </span>
        </div>
        {twoLines && (
          <span dir="auto" className="w-fit max-w-full truncate">
            {service}
          </span>
        )}
        <span
          className={
            threeLines
              ? 'flex items-center gap-1 whitespace-nowrap text-muted-foreground [&>svg]:size-3.5 [&>svg]:shrink-0'
              : 'sr-only'
          }
        >
          <bdi dir="ltr" className="truncate">
            {range}
          </bdi>
          {!over && (patient.balance?.amount ?? 0) > 0 && <Banknote className="ms-auto" />}
        </span>
        {notes && visit.notes && (
          <span className="mt-1 line-clamp-2 text-muted-foreground">
            <bdi>{visit.notes}</bdi>
          </span>
        )}
        <span className="sr-only">
          {column}, {word} {alerts}
        </span>
      </div>
      <TouchedBy id={visit.id} />
    </div>
  )
})

/** What must be seen at once, in words. */
export const alertsOf = ({ alerts }: DayPatient, pregnant: string) => alerts.map(alert => alert.label || pregnant).join(', ')

const initialsOf = (name: string) => {
  const words = name.split(/\s+/).filter(Boolean)
  return [words[0], words.length > 1 ? words.at(-1) : ''].map(word => [...(word ?? '')][0] ?? '').join('')
}
