import type { AuditEvent } from '@chairside/api'
import { Badge, cn } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { Changes } from './changes'
import { eventQuery } from './queries'
import { useSentence } from './use-sentence'

/** One sentence; opened, everything that is known of it. `day` where another day begins. */
export function EventRow({ event, day }: { event: AuditEvent; day?: string }) {
  const t = useTranslations('audit')
  const say = useSentence()
  const id = useId()
  const { time } = useWriting()
  const [open, setOpen] = useState(false)
  return (
    <li className="border-t first:border-t-0">
      {day && <h2 className="border-b bg-surface px-4 py-2 font-medium text-muted-foreground text-xs">{day}</h2>}
      <button
        type="button"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
        className="-outline-offset-2! flex min-h-11 w-full items-center gap-3 px-4 py-2 text-start text-sm hover:bg-surface"
      >
        <ChevronRight
          aria-hidden
          className={cn('size-4 shrink-0 text-muted-foreground rtl:-scale-x-100', open && 'rotate-90 rtl:rotate-90')}
        />
        <bdi className="min-w-16 shrink-0 whitespace-nowrap text-muted-foreground tabular-nums">{time(event.at)}</bdi>
        <span className="min-w-0 flex-1 break-words">{say(event)}</span>
        {event.outcome === 'refused' && <Badge tone="danger">{t('outcomes.refused')}</Badge>}
      </button>
      {open && (
        <div id={id} className="border-t bg-surface px-4 py-3 ps-11 max-sm:ps-4">
          <Details event={event} />
        </div>
      )}
    </li>
  )
}

function Details({ event }: { event: AuditEvent }) {
  const t = useTranslations('audit')
  const clinic = useSlug()
  const { format } = useWriting()
  const detail = useQuery(eventQuery(clinic, event.id))
  const facts: [string, string | null][] = [
    [t('fields.context'), event.context === 'refresh' ? t('refresh') : event.context],
    [t('fields.purpose'), event.purpose],
    [t('fields.ip'), event.ip],
    [t('fields.record'), event.entity_id],
    [t('fields.session'), event.session_id],
    [t('fields.request'), event.request_id],
    [t('fields.seq'), event.seq === null ? t('notSealedYet') : new Intl.NumberFormat(format).format(event.seq)],
  ]
  return (
    <div className="grid gap-3">
      {event.changed_fields.length > 0 && (
        <Answer to={detail} compact>
          {({ changes }) => <Changes of={changes} />}
        </Answer>
      )}
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 text-xs">
        {facts.map(
          ([term, value]) =>
            value && (
              <div key={term} className="contents">
                <dt className="text-muted-foreground">{term}</dt>
                <dd className="break-all">
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
    </div>
  )
}
