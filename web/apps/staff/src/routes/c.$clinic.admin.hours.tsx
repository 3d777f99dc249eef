import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { HoursScreen } from '@/features/scheduling'

export const Route = createFileRoute('/c/$clinic/admin/hours')({ loader: () => needWords('setup'), component: HoursScreen })
