import type { LoggedMessage, Patient } from '@chairside/api'
import { Badge, Card } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Mail, MessageSquare, Reply } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { PreferenceCard } from './preference-card'
import { logQuery } from './queries'
import { TextForm } from './text-form'

/** What was sent to a patient, what came from them and what is to come; and how they want to be reached. */
export function MessagesSection({ patient }: { patient: Patient }) {
  const t = useTranslations('messages')
  const clinic = useSlug()
  const mayWrite = useMay('messages.write') && !patient.archived_at
  const log = useQuery(logQuery(clinic, patient.id))
  return (
    <div className="grid max-w-6xl grid-cols-[minmax(0,2fr)_minmax(0,1fr)] items-start gap-4 p-6 max-md:grid-cols-1 max-sm:p-4">
      <Card title={t('log')}>
        {mayWrite && <TextForm patient={patient.id} />}
        <Answer to={log}>
          {items =>
            items.length === 0 ? (
              <p className="px-4 py-3 text-muted-foreground text-sm">{t('nothing')}</p>
            ) : (
              <ul>
                {items.map(one => (
                  <Line key={`${one.what} ${one.id}`} line={one} />
                ))}
              </ul>
            )
          }
        </Answer>
      </Card>
      <PreferenceCard patient={patient} mayWrite={mayWrite} />
    </div>
  )
}

const TONES = { skipped: 'warn', failed: 'danger', unsure: 'danger', unread: 'warn' } as const

function Line({ line }: { line: LoggedMessage }) {
  const t = useTranslations('messages')
  const { dayOf, time } = useWriting()
  const Icon = line.what === 'inbound' ? Reply : line.channel === 'email' ? Mail : MessageSquare
  const status = line.delivery ?? line.status
  return (
    <li className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-3 border-t px-4 py-2.5 text-sm first:border-t-0">
      <Icon aria-hidden className="mt-0.5 size-4 text-muted-foreground" />
      <div className="grid gap-0.5">
        <span className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
          <span className="font-medium">{t(`whats.${line.kind as 'before'}`)}</span>
          {/* A text is a text. */}
          {line.kind !== 'text' && <span className="text-muted-foreground text-xs">{t(`channels.${line.channel}`)}</span>}
          <Badge tone={line.delivery === 'undelivered' ? 'danger' : TONES[line.status as 'failed']}>
            {t(`statuses.${status as 'sent'}`)}
          </Badge>
          <span className="ms-auto whitespace-nowrap text-muted-foreground text-xs">
            {dayOf(line.at)}, {time(line.at)}
          </span>
        </span>
        {line.reason && line.status !== 'sent' && (
          <span className="text-muted-foreground text-xs">
            {t.has(`reasons.${line.reason as 'begun'}`) ? t(`reasons.${line.reason as 'begun'}`) : line.reason}
          </span>
        )}
        {line.delivery_reason && (
          <span className="text-muted-foreground text-xs">{t(`deliveryReasons.${line.delivery_reason as 'invalid'}`)}</span>
        )}
        {line.appointment_at && (
          <span className="text-muted-foreground text-xs">
            {t('ofVisit', { day: dayOf(line.appointment_at), time: time(line.appointment_at) })}
          </span>
        )}
        {line.address && (
          <span className="text-muted-foreground text-xs">
            <bdi dir="ltr">{line.address}</bdi>
            {line.by && (
              <>
                {' · '}
                <bdi>{line.by}</bdi>
              </>
            )}
          </span>
        )}
        {line.subject && <bdi className="font-medium text-xs">{line.subject}</bdi>}
        {line.text && (
          <p dir="auto" className="whitespace-pre-wrap break-words text-sm">
            {line.text}
          </p>
        )}
      </div>
    </li>
  )
}
