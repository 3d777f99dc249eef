import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { UnscheduledScreen } from '@/features/treatment/unscheduled-screen'

export const Route = createFileRoute('/c/$clinic/unscheduled')({
  validateSearch: (search: Record<string, unknown>): { sort?: 'age' } => ({ sort: search.sort === 'age' ? 'age' : undefined }),
  loader: () => Promise.all([needWords('plans'), needWords('chart')]),
  component: () => <UnscheduledScreen {...Route.useSearch()} />,
})
