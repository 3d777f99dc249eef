import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { WaitlistScreen } from '@/features/recalls'
import { WAITING, type WaitlistSearch } from '@/features/recalls/waitlist/model'

export const Route = createFileRoute('/c/$clinic/waitlist')({
  validateSearch: (search: Record<string, unknown>): WaitlistSearch => ({
    status: WAITING.find(status => status === search.status),
    service: typeof search.service === 'string' ? search.service : undefined,
    entry: typeof search.entry === 'string' ? search.entry : undefined,
  }),
  loader: () => needWords('recalls'),
  component: () => <WaitlistScreen {...Route.useSearch()} />,
})
