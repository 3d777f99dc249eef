import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { ForgottenScreen } from '@/features/security'

export const Route = createFileRoute('/forgotten-password')({
  loader: async () => void (await Promise.all([needWords('security'), needWords('refusals')])),
  component: ForgottenScreen,
})
