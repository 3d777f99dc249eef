import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { BillingScreen } from '@/features/billing'
import { type BillingSearch, FILTERS } from '@/features/billing/filters'

export const Route = createFileRoute('/c/$clinic/billing')({
  validateSearch: (search: Record<string, unknown>): BillingSearch => ({
    show: search.show === 'payments' ? 'payments' : undefined,
    filter: FILTERS.find(filter => filter === search.filter),
    payment: typeof search.payment === 'string' ? search.payment : undefined,
  }),
  loader: () => needWords('letters'),
  component: () => <BillingScreen {...Route.useSearch()} />,
})
