import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { PhoneScreen } from '@/features/messages'

export const Route = createFileRoute('/phone')({
  loader: () => needWords('messages'),
  component: PhoneScreen,
})
