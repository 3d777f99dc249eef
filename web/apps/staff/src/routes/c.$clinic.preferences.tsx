import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { PreferencesScreen } from '@/features/preferences'

export const Route = createFileRoute('/c/$clinic/preferences')({
  loader: () => needWords('preferences'),
  component: PreferencesScreen,
})
