import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { SignupScreen } from '@/features/tenancy'
import { sessionQuery } from '@/lib/session'

export const Route = createFileRoute('/signup')({
  // The form asks for an owner unless somebody is signed in: that has to be known before it is shown.
  beforeLoad: async ({ context }) => void (await context.queryClient.ensureQueryData(sessionQuery).catch(() => null)),
  loader: () => needWords('tenancy'),
  component: SignupScreen,
})
