import { isRefused } from '@chairside/api'
import { createFileRoute, redirect } from '@tanstack/react-router'
import { clinicQuery } from '@/lib/clinic'
import { sessionQuery } from '@/lib/session'
import { Shell } from '@/shell/shell'

/** Everything of a clinic is under its name, so two clinics can be open in two tabs. */
export const Route = createFileRoute('/c/$clinic')({
  beforeLoad: async ({ context, location }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/login', search: { next: location.href } })
  },
  loader: ({ context, params, location }) =>
    context.queryClient.ensureQueryData(clinicQuery(params.clinic)).catch(error => {
      if (isRefused(error, 'SecondFactorWanted')) throw redirect({ to: '/second-factor', search: { next: location.href } })
      throw error
    }),
  component: Shell,
})
