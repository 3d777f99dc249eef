import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { SessionsScreen } from '@/features/security'

export const Route = createFileRoute('/c/$clinic/account_/sessions')({
  loader: () => needWords('security'),
  component: SessionsScreen,
})
