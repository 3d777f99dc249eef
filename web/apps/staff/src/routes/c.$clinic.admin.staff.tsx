import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { StaffScreen } from '@/features/people'

export const Route = createFileRoute('/c/$clinic/admin/staff')({
  loader: () => Promise.all([needWords('people'), needWords('letters')]),
  component: StaffScreen,
})
