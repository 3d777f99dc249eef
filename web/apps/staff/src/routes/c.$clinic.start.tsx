import { createFileRoute } from '@tanstack/react-router'
import { StartScreen } from '@/features/start'

export const Route = createFileRoute('/c/$clinic/start')({ component: StartScreen })
