import type { HistoryEntry } from '@chairside/api'
import type { EntryFacts, Kind } from './writes'

export const KINDS = ['allergy', 'medication', 'condition', 'pregnancy', 'premedication'] as const
export const FACTS = [
  'name', 'severity', 'reaction', 'dose', 'anticoagulant', 'controlled', 'reason', 'due_on', 'since', 'until', 'note',
  'code_system', 'code',
] as const // biome-ignore format: one reads a list better in few lines
export type Fact = (typeof FACTS)[number]

const OWN: Record<Kind, Fact[]> = {
  allergy: ['name', 'severity', 'reaction'],
  medication: ['name', 'dose', 'anticoagulant'],
  condition: ['name', 'controlled'],
  pregnancy: ['due_on'],
  premedication: ['name', 'dose', 'reason'],
}
const OF_ALL: Fact[] = ['since', 'until', 'note', 'code_system', 'code']

/** The fields that an entry of a kind has, in the order of its form. */
export const factsOfKind = (kind: Kind): Fact[] => [...OWN[kind], ...OF_ALL]

/** Of an entry, what its form asks for. */
export const factsOf = (entry: HistoryEntry): EntryFacts =>
  Object.fromEntries(factsOfKind(entry.kind).map(fact => [fact, entry[fact]])) as EntryFacts

type Given = { text: (name: string) => string; has: (name: string) => boolean }

/** What the form holds; what is empty is null. */
export function factsGiven(kind: Kind, { text, has }: Given): EntryFacts {
  const control = { yes: true, no: false }[text('controlled')] ?? null
  return Object.fromEntries(
    factsOfKind(kind).map(fact => {
      if (fact === 'anticoagulant') return [fact, has(fact)]
      return [fact, fact === 'controlled' ? control : text(fact) || null]
    }),
  ) as EntryFacts
}
