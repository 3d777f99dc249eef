import type { MergePreview } from '@chairside/api'
import { Banner } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { useSlug, useWriting } from '@/lib/clinic'
import { useRefusalWords } from '@/lib/problem-words'

type Clash = { appointment_id: string; duplicate_appointment_id: string; starts_at: string }

/** What has to be settled first; of visits at the same time, which: each leads to the schedule, where it can be moved. */
export function Obstacles({ of }: { of: MergePreview['obstacles'] }) {
  const clinic = useSlug()
  const writing = useWriting()
  const words = useRefusalWords()
  return of.map(one => (
    <Banner key={one.code} tone="warn" title={words(one)}>
      {Array.isArray(one.facts.visits) && (
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {(one.facts.visits as Clash[]).map(clash => (
            <li key={clash.appointment_id + clash.duplicate_appointment_id}>
              <Link
                to="/c/$clinic/schedule"
                params={{ clinic }}
                search={{ date: writing.dateOf(clash.starts_at), visit: clash.duplicate_appointment_id }}
                className="font-semibold underline underline-offset-4"
              >
                {writing.dayOf(clash.starts_at)} <bdi dir="ltr">{writing.time(clash.starts_at)}</bdi>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Banner>
  ))
}
