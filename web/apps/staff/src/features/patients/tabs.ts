/** In the order of their keys. Apart, because the route reads its address before the screen is fetched. */
export const TABS = [
  'summary',
  'medical',
  'chart',
  'perio',
  'notes',
  'plan',
  'orders',
  'imaging',
  'appointments',
  'details',
  'messages',
  'ledger',
  'access',
] as const
export type Tab = (typeof TABS)[number]
