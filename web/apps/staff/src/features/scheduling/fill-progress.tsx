import type { OpeningFill, OpeningOffer } from '@chairside/api'
import { Badge, Button } from '@chairside/ui'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'

const REASONS = [
  ...([
    'short_notice',
    'changed',
    'quiet',
    'archived',
    'do_not_contact',
    'unsubscribed',
    'preference',
    'no_address',
    'stopped',
    'not_configured',
  ] as const),
]
const isKnown = (reason: string): reason is (typeof REASONS)[number] => (REASONS as readonly string[]).includes(reason)

/** How far a time on offer is: who was asked, what they said, and when the next are. */
export function FillProgress({ of, onStop }: { of: OpeningFill; onStop?: () => void }) {
  const t = useTranslations('openings')
  const writing = useWriting()
  // Whoever has just begun stands here, and not on what would stop it: Enter twice is once.
  const place = useRef<HTMLElement>(null)
  useEffect(() => place.current?.focus(), [])
  const taker = of.offers.find(one => one.status === 'accepted')
  const next =
    of.status !== 'open'
      ? ''
      : of.next_at
        ? t('offerNext', { time: writing.time(of.next_at) })
        : t('offerNoMore', { time: writing.time(of.closes_at) })
  return (
    <section ref={place} tabIndex={-1} aria-label={t('offer')} className="outline-none">
      <div className="mt-3 flex items-center gap-3 border-y bg-muted px-5 py-3">
        <p role="status" className="me-auto grid gap-0.5 text-sm">
          <span className="font-medium">{taker ? t('offerFilled', { name: nameOf(taker) }) : t(`offerStatus.${of.status}`)}</span>
          {next && <span className="text-muted-foreground text-xs">{next}</span>}
        </p>
        {onStop && (
          <Button size="sm" variant="outline" onClick={onStop}>
            {t('offerStop')}
          </Button>
        )}
      </div>
      <ol aria-label={t('offerAsked')}>
        {of.offers.map(one => (
          <li key={one.id} className="flex items-center gap-3 border-t px-5 py-2.5 text-sm first:border-t-0">
            <span aria-hidden className="w-5 shrink-0 text-end text-muted-foreground tabular-nums">
              {one.rank}
            </span>
            <span className="me-auto font-medium">
              <bdi>{nameOf(one)}</bdi>
            </span>
            <State of={one} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function State({ of }: { of: OpeningOffer }) {
  const t = useTranslations('openings')
  const writing = useWriting()
  const at = of.answered_at ?? of.sent_at
  const reason = of.reason && (isKnown(of.reason) ? of.reason : 'other')
  return (
    <span className="flex flex-wrap items-center justify-end gap-2 text-muted-foreground text-xs">
      {reason && t(`offerReasons.${reason}`)}
      {of.channel && at && `${t(`offerBy.${of.channel}`)} · ${writing.time(at)}`}
      <Badge tone={of.status === 'declined' || of.status === 'unreachable' ? 'warn' : 'neutral'}>
        {t(`offerStates.${of.status}`)}
      </Badge>
    </span>
  )
}

const nameOf = ({ patient }: OpeningOffer) => `${patient.first_name} ${patient.last_name}`
