import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { BookingPageScreen } from '@/features/booking'

export const Route = createFileRoute('/c/$clinic/admin/booking')({
  loader: () => needWords('booking'),
  component: BookingPageScreen,
})
