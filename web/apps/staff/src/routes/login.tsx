import { createFileRoute } from '@tanstack/react-router'
import { LoginScreen } from '@/features/identity'

/** Only an address inside this app: never `//elsewhere` or another scheme. */
const inside = (next: unknown) => (typeof next === 'string' && /^\/c\/[^/\\]/.test(next) ? next : undefined)

export const Route = createFileRoute('/login')({
  validateSearch: (search: Record<string, unknown>): { next?: string } => ({ next: inside(search.next) }),
  component: () => <LoginScreen next={Route.useSearch().next} />,
})
