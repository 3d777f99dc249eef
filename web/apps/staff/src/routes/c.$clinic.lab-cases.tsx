import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { LabCasesScreen } from '@/features/labs/lab-cases-screen'
import type { LabSearch } from '@/features/labs/model'

export const Route = createFileRoute('/c/$clinic/lab-cases')({
  validateSearch: (search: Record<string, unknown>): LabSearch => ({
    which: search.which === 'overdue' || search.which === 'all' ? search.which : undefined,
    lab: typeof search.lab === 'string' ? search.lab : undefined,
    case: typeof search.case === 'string' ? search.case : undefined,
  }),
  loader: () => Promise.all([needWords('labs'), needWords('chart')]),
  component: () => <LabCasesScreen {...Route.useSearch()} />,
})
