import { createFileRoute } from '@tanstack/react-router'
import { ImportsScreen } from '@/features/exchange'

export const Route = createFileRoute('/c/$clinic/import/')({ component: ImportsScreen })
