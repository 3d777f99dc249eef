import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { AccountScreen } from '@/features/people'

export const Route = createFileRoute('/c/$clinic/account')({
  loader: async () => void (await Promise.all([needWords('people'), needWords('security'), needWords('setup')])),
  component: AccountScreen,
})
