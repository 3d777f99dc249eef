import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { ResetScreen } from '@/features/security'

export const Route = createFileRoute('/password-reset')({
  loader: async () => void (await Promise.all([needWords('security'), needWords('refusals')])),
  component: () => <ResetScreen token={location.hash.slice(1)} />,
})
