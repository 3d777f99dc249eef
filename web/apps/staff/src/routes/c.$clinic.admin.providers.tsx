import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { ProvidersScreen } from '@/features/scheduling'

export const Route = createFileRoute('/c/$clinic/admin/providers')({
  loader: () => needWords('setup'),
  component: ProvidersScreen,
})
