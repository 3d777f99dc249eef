import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { SecurityScreen } from '@/features/security'

export const Route = createFileRoute('/c/$clinic/account_/security')({
  loader: async () => void (await Promise.all([needWords('security'), needWords('outside'), needWords('refusals')])),
  component: SecurityScreen,
})
