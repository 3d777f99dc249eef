import { createFileRoute } from '@tanstack/react-router'
import { SignupScreen } from '@/features/tenancy'

export const Route = createFileRoute('/signup')({ component: SignupScreen })
