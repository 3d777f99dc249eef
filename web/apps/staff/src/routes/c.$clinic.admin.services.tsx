import { createFileRoute } from '@tanstack/react-router'
import { ServicesScreen } from '@/features/catalog'

export const Route = createFileRoute('/c/$clinic/admin/services')({ component: ServicesScreen })
