import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { InvitationScreen, keptInvitation } from '@/features/people'
import { sessionQuery } from '@/lib/session'

export const Route = createFileRoute('/invitation')({
  // Somebody who is signed in with the invited address joins with one click: that has to be known first.
  beforeLoad: async ({ context }) => void (await context.queryClient.ensureQueryData(sessionQuery).catch(() => null)),
  loader: async () =>
    void (await Promise.all([needWords('people'), needWords('outside'), needWords('refusals'), needWords('security')])),
  component: () => <InvitationScreen token={location.hash.slice(1) || keptInvitation()} />,
})
