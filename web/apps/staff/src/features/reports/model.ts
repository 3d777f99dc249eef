import type { Figure } from '@chairside/api'

type Name = Figure['figure']

const COLLECTED: readonly Name[] = ['collected_cash', 'collected_card', 'collected_check', 'collected_transfer']
export const OF_MONEY: readonly Name[] = ['produced', ...COLLECTED, 'refunded', 'adjusted']
export const OF_VISITS: readonly Name[] = [
  'requested',
  'scheduled',
  'confirmed',
  'arrived',
  'in_chair',
  'completed',
  'no_show',
  'cancelled',
]
export const TO_FOLLOW: readonly Name[] = ['new_patients', 'unbilled', 'overdue']
/** What is so now, whatever day is looked at. */
export const AS_OF_NOW: readonly Name[] = ['unbilled', 'overdue']
export const FIGURES: readonly Name[] = [...OF_MONEY, ...OF_VISITS, ...TO_FOLLOW]

/** What came in by any method, less what was given back. */
export const collectedOf = (figures: readonly Figure[]) =>
  figures
    .filter(({ figure }) => COLLECTED.includes(figure) || figure === 'refunded')
    .reduce((sum, { amount }) => sum + (amount?.amount ?? 0), 0)

/** The list that is open when none was chosen: the first that has anything in it. */
export const firstOf = (figures: readonly Figure[]) => (figures.find(({ count }) => count > 0) ?? figures[0])?.figure
