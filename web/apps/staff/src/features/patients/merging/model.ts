import type { ComparedField, MergeKeep, MergeMoving } from '@chairside/api'

export type Field = ComparedField['field']
export type Side = ComparedField['kept']
export type Chosen = Partial<Record<Field, Side>>

/** Nothing of these need be lost. */
const ADDED_UP: Field[] = ['contacts', 'note']

export const sidesOf = (field: Field): Side[] =>
  ADDED_UP.includes(field) ? ['patient', 'duplicate', 'both'] : ['patient', 'duplicate']

/** Only what somebody chose otherwise: the rest is the server's to decide, as it said. */
export function keepOf(fields: ComparedField[], chosen: Chosen): MergeKeep {
  const other = fields.filter(({ field, kept }) => chosen[field] && chosen[field] !== kept)
  return Object.fromEntries(other.map(({ field }) => [field, chosen[field]]))
}

export const movingOf = (moving: MergeMoving) =>
  (Object.entries(moving) as [keyof MergeMoving, number][]).filter(([, count]) => count > 0)
