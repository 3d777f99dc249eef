/** Apart, because the route reads its address before the screen is fetched. */
export const FILTERS = ['all', 'overdue', 'draft', 'issued', 'partially_paid', 'paid', 'void'] as const
export type Filter = (typeof FILTERS)[number]
export type BillingSearch = { show?: 'payments'; filter?: Filter; payment?: string }
