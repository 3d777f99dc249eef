import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { CloseScreen, type CloseSearch } from '@/features/billing'
import { dayIn } from '@/lib/day-in'

export const Route = createFileRoute('/c/$clinic/billing_/day-close')({
  validateSearch: (search: Record<string, unknown>): CloseSearch => ({
    date: dayIn(search.date),
    from: dayIn(search.from),
    close: typeof search.close === 'string' ? search.close : undefined,
  }),
  loader: () => needWords('day'),
  component: () => <CloseScreen {...Route.useSearch()} />,
})
