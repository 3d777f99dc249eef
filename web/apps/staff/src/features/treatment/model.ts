import type { Money, TreatmentItem } from '@chairside/api'
import type { Place } from './writes'

export type Phase<T> = { number: number; groups: T[][] }

/** Phases in their order, each of groups: what may be done instead of each other stands in one. */
export function phasesOf<T extends { phase: number; choice: string | null }>(items: T[]): Phase<T>[] {
  const phases = new Map<number, T[][]>()
  for (const item of items) {
    const groups = phases.get(item.phase) ?? []
    const among = item.choice && groups.find(group => group[0]?.choice === item.choice)
    if (among) among.push(item)
    else groups.push([item])
    phases.set(item.phase, groups)
  }
  return [...phases].sort(([a], [b]) => a - b).map(([number, groups]) => ({ number, groups }))
}

export const placesOf = (items: TreatmentItem[]): Place[] =>
  items.map(item => ({ item_id: item.id, phase: item.phase, choice: item.choice }))

/** One step up or down: past its neighbour, or from the edge of its phase into the next one; undefined where there is no further. */
export function moved(items: TreatmentItem[], id: string, by: 1 | -1): TreatmentItem[] | undefined {
  const at = items.findIndex(item => item.id === id)
  const item = items[at]
  if (!item) return undefined
  const next = items[at + by]
  if (next?.phase === item.phase) {
    const order = [...items]
    order[at] = next
    order[at + by] = item
    return order
  }
  const alone = items.filter(one => one.phase === item.phase).length === 1
  // Alone in the last phase, or in the first, it goes nowhere: an empty phase is none.
  const phase = next ? next.phase : alone ? item.phase : item.phase + by
  if (phase === item.phase || phase < 1 || phase > 20) return undefined
  return items.map(one => (one.id === id ? { ...one, phase } : one))
}

/** In the place of another, in its phase. */
export function putBefore(items: TreatmentItem[], id: string, other: string): TreatmentItem[] | undefined {
  const item = items.find(one => one.id === id)
  const target = items.find(one => one.id === other)
  if (!item || !target || id === other) return undefined
  const rest = items.filter(one => one.id !== id)
  const at = rest.indexOf(target) + (items.indexOf(item) < items.indexOf(target) ? 1 : 0)
  return [...rest.slice(0, at), { ...item, phase: target.phase }, ...rest.slice(at)]
}

/** The same wish over what is there now: what came meanwhile stands last, what went is left out. */
export function merged(wanted: TreatmentItem[], now: TreatmentItem[]): TreatmentItem[] {
  const there = new Map(now.map(item => [item.id, item]))
  const kept = wanted.flatMap(item => {
    const found = there.get(item.id)
    return found ? [{ ...found, phase: item.phase, choice: item.choice }] : []
  })
  return [...kept, ...now.filter(item => !wanted.some(one => one.id === item.id))]
}

export const sum = (items: { price: Money }[]) => items.reduce((total, { price }) => total + price.amount, 0)
export const isUnderWay = ({ status }: { status: string }) => status === 'in_progress' || status === 'performed'
