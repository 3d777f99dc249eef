import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { SecurityScreen } from '@/features/access'
import type { SecuritySearch } from '@/features/access/parts'

export const Route = createFileRoute('/c/$clinic/admin/security')({
  validateSearch: (search: Record<string, unknown>): SecuritySearch => ({
    show: (['rules', 'records', 'programs'] as const).find(part => part === search.show),
    program: typeof search.program === 'string' ? search.program : undefined,
  }),
  // What programs may do is said in the words of the roles.
  loader: () => Promise.all([needWords('access'), needWords('roles')]),
  component: () => <SecurityScreen {...Route.useSearch()} />,
})
