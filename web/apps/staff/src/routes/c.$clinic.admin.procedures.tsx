import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { ProceduresScreen } from '@/features/catalog/procedures/procedures-screen'

export const Route = createFileRoute('/c/$clinic/admin/procedures')({
  loader: () => needWords('procedures'),
  component: ProceduresScreen,
})
