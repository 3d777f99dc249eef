import type { PerioCells, PerioSheet } from '@chairside/api'
import { cellsOf, type Edit, type Mouth, NO_CELLS, type SiteCells, siteOf, type ToothCells } from '@chairside/dental/perio'

type Said = Pick<PerioSheet, 'sites' | 'teeth'>

/** What the server said of an exam, as the screen holds it. */
export function mouthOf({ sites, teeth }: Said): Mouth {
  const mouth: Record<string, ToothCells> = {}
  for (const { tooth, mobility, furcations, skipped } of teeth) mouth[tooth] = { sites: {}, furcations, mobility, skipped }
  for (const one of sites) {
    const cells = mouth[one.tooth] ?? NO_CELLS
    const said: SiteCells = {
      depth: one.probing_depth,
      margin: one.gingival_margin,
      keratinised: one.keratinised_width,
      bleeding: one.bleeding,
      suppuration: one.suppuration,
      plaque: one.plaque,
      calculus: one.calculus,
    }
    mouth[one.tooth] = { ...cells, sites: { ...cells.sites, [one.site]: said } }
  }
  return mouth
}

const NAMES = { depth: 'probing_depth', margin: 'gingival_margin', keratinised: 'keratinised_width' } as const
const nameOf = (field: string) => NAMES[field as keyof typeof NAMES] ?? field

const placeOf = (edit: Edit) =>
  'site' in edit
    ? `${edit.tooth} ${edit.site} ${edit.field}`
    : 'entrance' in edit
      ? `${edit.tooth} at ${edit.entrance}`
      : 'mobility' in edit
        ? `${edit.tooth} mobility`
        : `${edit.tooth} skipped`

/** With these said too: what was said again is said once, and a tooth that is skipped says nothing else. */
export function queued(before: readonly Edit[], more: readonly Edit[]): Edit[] {
  const kept = new Map(before.map(edit => [placeOf(edit), edit]))
  for (const edit of more) {
    if ('skipped' in edit && edit.skipped) for (const [place, one] of kept) if (one.tooth === edit.tooth) kept.delete(place)
    kept.delete(placeOf(edit))
    kept.set(placeOf(edit), edit)
  }
  return [...kept.values()]
}

/** The body of one request, however many. */
export function bodyOf(edits: readonly Edit[]): PerioCells {
  const sites = new Map<string, Record<string, unknown>>()
  const teeth = new Map<string, Record<string, unknown>>()
  for (const edit of edits) {
    const { tooth } = edit
    if ('site' in edit) {
      const place = `${tooth} ${edit.site}`
      sites.set(place, { tooth, site: edit.site, ...sites.get(place), [nameOf(edit.field)]: edit.value })
      continue
    }
    const said = teeth.get(tooth) ?? { tooth }
    if ('entrance' in edit) said.furcations = { ...(said.furcations as object), [edit.entrance]: edit.value }
    else if ('mobility' in edit) said.mobility = edit.mobility
    else said.skipped = edit.skipped
    teeth.set(tooth, said)
  }
  return { sites: [...sites.values()], teeth: [...teeth.values()] } as PerioCells
}

export type Value = number | boolean | null
export const saidBy = (edit: Edit): Value => ('value' in edit ? edit.value : 'mobility' in edit ? edit.mobility : edit.skipped)
export function valueIn(mouth: Mouth, edit: Edit): Value {
  const cells = cellsOf(mouth, edit.tooth)
  if ('site' in edit) return siteOf(mouth, edit)[edit.field] ?? null
  if ('entrance' in edit) return cells.furcations[edit.entrance] ?? null
  if ('mobility' in edit) return cells.mobility ?? null
  return !!cells.skipped
}

/** What somebody else said otherwise since: neither as it was when this was typed, nor as it was typed. Without a `before` nobody
 * knows how it was, and whatever stands there counts. */
export function clashesOf(edits: readonly Edit[], before: Mouth | undefined, now: Mouth): Edit[] {
  return edits.filter(edit => {
    const there = valueIn(now, edit)
    if (there === saidBy(edit)) return false
    return before ? there !== valueIn(before, edit) : there !== null && there !== false
  })
}
