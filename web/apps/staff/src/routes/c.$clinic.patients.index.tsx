import { createFileRoute } from '@tanstack/react-router'
import { PatientsScreen } from '@/features/patients'

type Search = { q?: string; archived?: boolean }

export const Route = createFileRoute('/c/$clinic/patients/')({
  validateSearch: (search: Record<string, unknown>): Search => ({
    q: search.q ? String(search.q) : undefined,
    archived: search.archived === true || undefined,
  }),
  component: function Patients() {
    const { q = '', archived = false } = Route.useSearch()
    return <PatientsScreen q={q} archived={archived} />
  },
})
