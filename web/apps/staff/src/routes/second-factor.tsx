import { needWords } from '@chairside/i18n'
import { createFileRoute, redirect } from '@tanstack/react-router'
import { SecondFactorScreen } from '@/features/security'
import { inside } from '@/lib/inside'
import { sessionQuery } from '@/lib/session'

export const Route = createFileRoute('/second-factor')({
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: inside(search.next) }),
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/login', search: { next: location.href } })
  },
  loader: async () => void (await Promise.all([needWords('security'), needWords('refusals')])),
  component: () => <SecondFactorScreen next={Route.useSearch().next} />,
})
