import { createFileRoute } from '@tanstack/react-router'
import { RegisterScreen } from '@/features/patients'

export const Route = createFileRoute('/c/$clinic/patients/new')({
  validateSearch: (search: Record<string, unknown>): { name?: string } => ({
    name: search.name ? String(search.name) : undefined,
  }),
  component: () => <RegisterScreen name={Route.useSearch().name} />,
})
