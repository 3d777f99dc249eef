import { createFileRoute } from '@tanstack/react-router'
import { ClinicScreen } from '@/features/tenancy'

export const Route = createFileRoute('/c/$clinic/admin/clinic')({ component: ClinicScreen })
