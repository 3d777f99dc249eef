import type { Explanation } from '@chairside/api'
import { Button, Field } from '@chairside/ui'
import { parseDate, parseTime, toCalendarDateTime, toZoned } from '@internationalized/date'
import { useQuery } from '@tanstack/react-query'
import { Armchair, Check, CircleHelp, Clock, Stethoscope, UserRound, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { TimeField } from '@/lib/time-field'
import { explanationQuery, type Sought } from './queries'

type Because = Explanation['reasons'][number]
type WhyProps = { sought: Sought; date: string; enabled: boolean; onVisit: (id: string, date: string) => void }
const ICONS = { provider: Stethoscope, operatory: Armchair, patient: UserRound }

/** Why a time is not among those offered: everybody's reasons, beside who would be free. */
export function WhyNot({ sought, date, enabled, onVisit }: WhyProps) {
  const t = useTranslations('openings')
  const clinic = useSlug()
  const { timezone } = useWriting()
  const [open, setOpen] = useState(false)
  const [chosen, setDay] = useState<string>()
  const [time, setTime] = useState('09:00')
  const day = chosen ?? date
  const at = toZoned(toCalendarDateTime(parseDate(day), parseTime(time)), timezone).toAbsoluteString()
  const why = useQuery({ ...explanationQuery(clinic, sought, at), enabled: enabled && open })
  if (!open)
    return (
      <div className="border-t bg-surface px-5 py-2.5">
        <Button variant="ghost" size="sm" className="-ms-2 text-muted-foreground" onClick={() => setOpen(true)}>
          <CircleHelp aria-hidden /> {t('why')}
        </Button>
      </div>
    )
  return (
    <section aria-label={t('why')} className="grid max-h-72 shrink-0 gap-3 overflow-y-auto border-t bg-surface px-5 py-3">
      <div className="flex flex-wrap items-end gap-3">
        <h3 className="me-auto self-center font-semibold text-sm">{t('why')}</h3>
        <Field
          labelHidden
          label={t('whyDay')}
          type="date"
          autoFocus
          value={day}
          onChange={event => event.target.value && setDay(event.target.value)}
        />
        <TimeField label={t('whyTime')} value={time} onChange={setTime} className="h-9 w-28" />
      </div>
      <Answer to={why} compact>
        {found => <Reasons found={found} onVisit={onVisit} />}
      </Answer>
    </section>
  )
}

export function Reasons({ found, onVisit }: { found: Explanation; onVisit: WhyProps['onVisit'] }) {
  const t = useTranslations('openings')
  const schedule = useTranslations('schedule')
  return (
    <div className="grid gap-1.5 text-sm">
      {found.offered && (
        <p className="flex items-center gap-2 font-medium text-ok">
          <Check aria-hidden className="size-4" /> {t('offered')}
        </p>
      )}
      {found.reasons.map(one => (
        <p key={one.code} className="flex items-center gap-2 font-medium text-destructive">
          <Clock aria-hidden className="size-4" /> <Because because={one} onVisit={onVisit} />
        </p>
      ))}
      <ul className="grid gap-1">
        {found.resources.map(one => {
          const Icon = ICONS[one.kind]
          return (
            <li
              key={one.id}
              className="grid grid-cols-[1rem_10rem_minmax(0,1fr)] items-baseline gap-2 max-sm:grid-cols-[1rem_minmax(0,1fr)]"
            >
              <Icon aria-hidden className="size-4 self-center text-muted-foreground" />
              <span dir="auto" className="truncate font-medium">
                {one.name ?? schedule('who')}
              </span>
              {one.reasons.length ? (
                <ul className="max-sm:col-start-2">
                  {one.reasons.map(because => (
                    <li key={because.code + because.starts_at} className="flex items-baseline gap-1.5">
                      <X aria-hidden className="size-3.5 shrink-0 self-center text-destructive" />
                      <Because because={because} onVisit={onVisit} />
                    </li>
                  ))}
                </ul>
              ) : (
                <span className="flex items-center gap-1.5 text-muted-foreground max-sm:col-start-2">
                  <Check aria-hidden className="size-3.5 text-ok" /> {t('is')}
                </span>
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Because({ because, onVisit }: { because: Because; onVisit: WhyProps['onVisit'] }) {
  const t = useTranslations('openings')
  const { range, dateOf } = useWriting()
  const { code, starts_at, ends_at, appointment_id } = because
  const spanned = (from: string, to: string) => range(Date.parse(from), Date.parse(to))
  const time = starts_at && ends_at ? spanned(starts_at, ends_at) : ''
  const hours = because.hours.map(one => spanned(one.starts_at, one.ends_at)).join(', ')
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      {t(`codes.${code}`, {
        time,
        hours,
        reason: because.reason ?? '',
        seats: because.seats ?? 0,
        capacity: because.capacity ?? 0,
      })}
      {appointment_id && starts_at && (
        <button type="button" className="text-primary underline" onClick={() => onVisit(appointment_id, dateOf(starts_at))}>
          {t('show')}
        </button>
      )}
    </span>
  )
}
