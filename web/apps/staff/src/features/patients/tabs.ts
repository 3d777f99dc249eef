/** In the order of their keys. Apart, because the route reads its address before the screen is fetched. */
export const TABS = ['summary', 'appointments', 'details', 'ledger'] as const
export type Tab = (typeof TABS)[number]

/** The ledger keeps the place that it has on every patient page; the numbers before it wait for the clinical record. */
export const TAB_KEYS: Record<Tab, string> = { summary: '1', appointments: '2', details: '3', ledger: '7' }
