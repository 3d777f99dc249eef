import { createFileRoute, redirect } from '@tanstack/react-router'
import { sessionQuery } from '@/lib/session'

export const Route = createFileRoute('/')({
  beforeLoad: async ({ context }) => {
    const session = await context.queryClient.ensureQueryData(sessionQuery)
    if (!session) throw redirect({ to: '/login' })
    const clinic = session.clinics[0]?.slug
    if (!clinic) throw redirect({ to: '/signup' })
    throw redirect({ to: '/c/$clinic/schedule', params: { clinic }, search: {} })
  },
})
