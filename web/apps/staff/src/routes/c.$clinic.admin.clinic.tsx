import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { ClinicScreen } from '@/features/tenancy'

export const Route = createFileRoute('/c/$clinic/admin/clinic')({
  loader: () => Promise.all([needWords('setup'), needWords('tenancy')]),
  component: ClinicScreen,
})
