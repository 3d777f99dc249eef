import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { CalendarsScreen } from '@/features/scheduling'

export const Route = createFileRoute('/c/$clinic/admin/calendars')({
  loader: () => Promise.all([needWords('calendars'), needWords('setup')]),
  component: CalendarsScreen,
})
