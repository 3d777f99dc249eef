import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { ConfirmationScreen } from '@/features/people'

export const Route = createFileRoute('/confirmation')({
  loader: async () => void (await Promise.all([needWords('people'), needWords('refusals')])),
  component: () => <ConfirmationScreen token={location.hash.slice(1)} />,
})
