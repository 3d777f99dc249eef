import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { ImportsScreen } from '@/features/exchange'

export const Route = createFileRoute('/c/$clinic/import/')({
  loader: () => Promise.all([needWords('imports'), needWords('refusals')]),
  component: ImportsScreen,
})
