import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { LoginScreen } from '@/features/identity'
import { inside } from '@/lib/inside'

export const Route = createFileRoute('/login')({
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: inside(search.next) }),
  loader: async () => void (await Promise.all([needWords('outside'), needWords('refusals'), needWords('security')])),
  component: () => <LoginScreen next={Route.useSearch().next} />,
})
