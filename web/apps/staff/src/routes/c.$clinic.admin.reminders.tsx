import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { RemindersScreen } from '@/features/messages'

export const Route = createFileRoute('/c/$clinic/admin/reminders')({
  loader: () => Promise.all([needWords('messages'), needWords('setup')]),
  component: RemindersScreen,
})
