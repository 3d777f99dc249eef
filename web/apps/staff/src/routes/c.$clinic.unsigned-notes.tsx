import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { UnsignedScreen } from '@/features/notes/unsigned-screen'

export const Route = createFileRoute('/c/$clinic/unsigned-notes')({
  validateSearch: (search: Record<string, unknown>): { whose?: 'everybody' } => ({
    whose: search.whose === 'everybody' ? 'everybody' : undefined,
  }),
  loader: () => needWords('notes'),
  component: () => <UnsignedScreen {...Route.useSearch()} />,
})
