import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { MailboxScreen } from '@/features/people'

export const Route = createFileRoute('/mailbox')({
  loader: () => needWords('people'),
  component: MailboxScreen,
})
