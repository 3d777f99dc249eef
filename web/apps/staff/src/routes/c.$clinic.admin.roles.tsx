import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { RolesScreen } from '@/features/people'

export const Route = createFileRoute('/c/$clinic/admin/roles')({
  loader: () => Promise.all([needWords('people'), needWords('roles')]),
  component: RolesScreen,
})
