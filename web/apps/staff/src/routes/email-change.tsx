import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { EmailChangeScreen } from '@/features/security'

export const Route = createFileRoute('/email-change')({
  loader: async () => void (await Promise.all([needWords('security'), needWords('refusals')])),
  component: () => <EmailChangeScreen token={location.hash.slice(1)} />,
})
