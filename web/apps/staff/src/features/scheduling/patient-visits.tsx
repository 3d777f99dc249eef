import type { Appointment, Status } from '@chairside/api'
import { Button, Card } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { clock, useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { reasonOf } from './model'
import { resourcesQuery, visitsQuery } from './queries'
import { StatusChip, useStatusWord } from './status'
import { lastStepOf } from './use-board-commands'
import { useWhose } from './use-whose'
import { cancel, takeBack } from './writes'

type VisitsProps = {
  patient: string
  /** What is to come, and the last few. */
  coming?: boolean
  /** What else may be done about a visit that came to nothing. */
  instead?: (visit: Appointment) => ReactNode
}

/** A patient's visits, what is to come first. */
export function PatientVisits({ patient, coming, instead }: VisitsProps) {
  const t = useTranslations('patients')
  const clinic = useSlug()
  const visits = useQuery(visitsQuery(clinic, patient))
  const now = clock().toISOString()
  const isPast = (visit: Appointment) => visit.ends_at <= now || ['completed', 'cancelled', 'no_show'].includes(visit.status)
  return (
    <div className={coming ? 'grid gap-4' : 'grid max-w-4xl gap-4 p-6 max-sm:p-4'}>
      <Answer to={visits}>
        {all => {
          const next = all.filter(visit => !isPast(visit)).sort((a, b) => a.starts_at.localeCompare(b.starts_at))
          const past = all.filter(isPast).sort((a, b) => b.starts_at.localeCompare(a.starts_at))
          return (
            <>
              <Card title={t('upcoming')}>
                <Visits visits={next} none={t('noneComing')} />
              </Card>
              <Card title={t('visits')}>
                <Visits visits={coming ? past.slice(0, 5) : past} none={t('noVisits')} instead={instead} />
              </Card>
            </>
          )
        }}
      </Answer>
    </div>
  )
}

type ListProps = { visits: Appointment[]; none: string; instead?: VisitsProps['instead'] }

function Visits({ visits, none, instead }: ListProps) {
  const writing = useWriting()
  const clinic = useSlug()
  const t = useTranslations('schedule')
  const word = useStatusWord()
  const regret = useRegret()
  const tell = useTell()
  const resources = useQuery(resourcesQuery(clinic)).data
  const { mayBookFor } = useWhose(resources)
  const isToday = (at: string) => writing.dateOf(at) === writing.today.toString()
  const bring = (visit: Appointment) =>
    send(takeBack(clinic, visit, 'cancellation')).then(
      after =>
        tell(t('tookBack', { name: writing.dayOf(visit.starts_at), step: word('cancelled') }), () =>
          send(cancel(clinic, after, t('reasons.undone'))),
        ),
      regret,
    )
  if (visits.length === 0) return <p className="px-4 py-4 text-muted-foreground text-sm">{none}</p>
  return (
    <ul>
      {visits.map(visit => (
        <li
          key={visit.id}
          className="grid grid-cols-[9rem_minmax(0,1fr)_auto] items-center gap-x-4 border-t px-4 py-2.5 text-sm first:border-t-0 max-sm:grid-cols-[1fr_auto]"
        >
          <Link
            to="/c/$clinic/schedule"
            params={{ clinic }}
            search={{ date: writing.dateOf(visit.starts_at), visit: visit.id }}
            className="grid underline-offset-4 hover:underline"
          >
            <span className="font-medium">
              {writing.dayOf(visit.starts_at, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' })}
            </span>
            <span className="text-muted-foreground text-xs">
              <bdi dir="ltr">{writing.range(visit.starts_at, visit.ends_at)}</bdi>
            </span>
          </Link>
          <span className="grid max-sm:order-last">
            <span dir="auto" className="w-fit">
              {resources && reasonOf(visit, resources)}
            </span>
            <span dir="auto" className="w-fit text-muted-foreground text-xs">
              {resources?.providers.find(provider => provider.id === visit.provider_id)?.name}
            </span>
          </span>
          <span className="flex flex-wrap items-center justify-end gap-2">
            {mayBookFor(visit.provider_id) && lastStepOf(visit, isToday) === 'cancellation' && (
              <Button size="sm" variant="outline" onClick={() => void bring(visit)}>
                <Undo2 aria-hidden /> {t('takeBack', { step: word('cancelled') })}
              </Button>
            )}
            {['cancelled', 'no_show'].includes(visit.status) && instead?.(visit)}
            <StatusChip status={visit.status as Status} />
          </span>
        </li>
      ))}
    </ul>
  )
}
