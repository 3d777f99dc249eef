import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { UnsubscribeScreen } from '@/features/messages'

export const Route = createFileRoute('/unsubscribe')({
  loader: async () => void (await Promise.all([needWords('messages'), needWords('refusals')])),
  component: () => <UnsubscribeScreen link={location.hash.slice(1)} />,
})
