import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { ServicesScreen } from '@/features/catalog'

export const Route = createFileRoute('/c/$clinic/admin/services')({ loader: () => needWords('setup'), component: ServicesScreen })
