import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { RequestsScreen } from '@/features/booking'

export const Route = createFileRoute('/c/$clinic/requests')({
  loader: () => needWords('booking'),
  component: RequestsScreen,
})
