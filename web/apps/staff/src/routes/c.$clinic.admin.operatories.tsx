import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { OperatoriesScreen } from '@/features/scheduling'

export const Route = createFileRoute('/c/$clinic/admin/operatories')({
  loader: () => needWords('setup'),
  component: OperatoriesScreen,
})
