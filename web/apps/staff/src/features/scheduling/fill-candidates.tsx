import type { Candidate } from '@chairside/api'
import { Button } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'

/** Whom to call first, and the visit with one press. */
export function FillCandidates({ list, onTake }: { list: Candidate[]; onTake: (one: Candidate) => void }) {
  const t = useTranslations('openings')
  const writing = useWriting()
  return (
    <ol>
      {list.map((one, place) => (
        <li
          key={one.waitlist_entry_id ?? one.recall_id}
          className="flex items-start gap-3 border-t px-5 py-3 text-sm first:border-t-0"
        >
          <span aria-hidden className="w-5 pt-0.5 text-end text-muted-foreground tabular-nums">
            {place + 1}
          </span>
          <span className="me-auto grid min-w-0 gap-0.5">
            <span className="font-medium">
              <bdi>
                {one.patient.first_name} {one.patient.last_name}
              </bdi>
            </span>
            <span className="text-muted-foreground text-xs">
              <bdi>{one.service_name}</bdi> · {one.duration_minutes} {t('minutes')} ·{' '}
              {t(one.recall_id ? 'fillDue' : 'fillWaits', { day: writing.day(one.since) })}
            </span>
            <Why of={one} />
            {one.patient.phone && (
              <bdi dir="ltr" className="w-fit text-xs">
                {one.patient.phone}
              </bdi>
            )}
          </span>
          <Button size="sm" variant={place === 0 ? 'default' : 'outline'} autoFocus={place === 0} onClick={() => onTake(one)}>
            {t(one.instead_of ? 'fillCarry' : 'fillBook')}
            <span className="sr-only">
              {one.patient.first_name} {one.patient.last_name}
            </span>
          </Button>
        </li>
      ))}
    </ol>
  )
}

const AGAINST = ['misses', 'tried', 'no_phone', 'do_not_contact']

/** What their place in the list came of. */
function Why({ of }: { of: Candidate }) {
  const t = useTranslations('openings')
  return (
    <span className="flex flex-wrap gap-x-2 text-xs">
      {of.reasons.map(reason => (
        <span key={reason} className={AGAINST.includes(reason) ? 'text-warn' : 'text-muted-foreground'}>
          {t(`fillReasons.${reason}`)}
        </span>
      ))}
    </span>
  )
}
