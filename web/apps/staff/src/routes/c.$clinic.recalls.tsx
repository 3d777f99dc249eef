import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { RecallsScreen } from '@/features/recalls'
import { type RecallsSearch, STATUSES, WINDOWS } from '@/features/recalls/model'

export const Route = createFileRoute('/c/$clinic/recalls')({
  validateSearch: (search: Record<string, unknown>): RecallsSearch => ({
    due: WINDOWS.find(window => window === search.due),
    type: typeof search.type === 'string' ? search.type : undefined,
    status: STATUSES.find(status => status === search.status),
    recall: typeof search.recall === 'string' ? search.recall : undefined,
  }),
  loader: () => needWords('recalls'),
  component: () => <RecallsScreen {...Route.useSearch()} />,
})
