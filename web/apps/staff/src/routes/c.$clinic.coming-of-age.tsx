import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { ComingOfAgeScreen } from '@/features/patients/proxies/coming-of-age-screen'

export const Route = createFileRoute('/c/$clinic/coming-of-age')({
  loader: () => needWords('proxies'),
  component: ComingOfAgeScreen,
})
