export { BalanceCard } from './balance-card'
export { LedgerSection } from './ledger-section'
export { ledgerQuery } from './queries'
