import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { InboxScreen } from '@/features/messages'

export const Route = createFileRoute('/c/$clinic/inbox')({
  loader: () => needWords('messages'),
  component: InboxScreen,
})
