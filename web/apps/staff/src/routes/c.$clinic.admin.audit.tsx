import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { AuditScreen } from '@/features/compliance'
import type { Filters } from '@/features/compliance/model'
import { dayIn } from '@/lib/day-in'

const word = (value: unknown) => (typeof value === 'string' && /^[\w-]{1,60}$/.test(value) ? value : undefined)

export const Route = createFileRoute('/c/$clinic/admin/audit')({
  validateSearch: (search: Record<string, unknown>): Filters => ({
    who: word(search.who),
    what: word(search.what),
    did: word(search.did),
    outcome: word(search.outcome),
    from: dayIn(search.from),
    to: dayIn(search.to),
    patient: word(search.patient),
  }),
  loader: () => needWords('audit'),
  component: () => <AuditScreen filters={Route.useSearch()} />,
})
