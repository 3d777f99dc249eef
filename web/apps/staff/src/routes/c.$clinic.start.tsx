import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { StartScreen } from '@/features/start'

export const Route = createFileRoute('/c/$clinic/start')({ loader: () => needWords('setup'), component: StartScreen })
