import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { RecallTypesScreen } from '@/features/recalls'

export const Route = createFileRoute('/c/$clinic/admin/recalls')({
  loader: () => Promise.all([needWords('recalls'), needWords('setup')]),
  component: RecallTypesScreen,
})
