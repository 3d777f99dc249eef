import {
  cellsOf,
  type Entrance,
  type Length,
  type Mouth,
  type Sign,
  type Site,
  type SiteCells,
  siteOf,
  type ToothCells,
} from './sites'

/** One thing that was said. Plain data: kept, sent, taken back. */
export type Edit =
  | { tooth: string; site: Site; field: Length; value: number | null }
  | { tooth: string; site: Site; field: Sign; value: boolean | null }
  | { tooth: string; entrance: Entrance; value: number | null }
  | { tooth: string; mobility: number | null }
  | { tooth: string; skipped: boolean }

function onTooth(cells: ToothCells, edit: Edit): ToothCells {
  if ('site' in edit)
    return { ...cells, sites: { ...cells.sites, [edit.site]: { ...cells.sites[edit.site], [edit.field]: edit.value } } }
  if ('entrance' in edit) return { ...cells, furcations: { ...cells.furcations, [edit.entrance]: edit.value } }
  if ('mobility' in edit) return { ...cells, mobility: edit.mobility }
  return edit.skipped ? { sites: {}, furcations: {}, skipped: true } : { ...cells, skipped: false }
}

export function applied(mouth: Mouth, edits: readonly Edit[]): Mouth {
  if (!edits.length) return mouth
  const now: Record<string, ToothCells> = { ...mouth }
  for (const edit of edits) now[edit.tooth] = onTooth(cellsOf(now, edit.tooth), edit)
  return now
}

const EMPTY = { depth: null, margin: null, keratinised: null, bleeding: null, suppuration: null, plaque: null, calculus: null }

/** What a tooth says, as edits that say it again. */
function sayings(mouth: Mouth, tooth: string): Edit[] {
  const cells = cellsOf(mouth, tooth)
  return [
    ...Object.entries(cells.sites).flatMap(([site, said]) =>
      Object.entries(said as SiteCells).map(([field, value]) => ({ tooth, site, field, value }) as Edit),
    ),
    ...Object.entries(cells.furcations).map(([entrance, value]) => ({ tooth, entrance, value }) as Edit),
    ...(cells.mobility == null ? [] : [{ tooth, mobility: cells.mobility }]),
  ]
}

/** What takes an edit back, made on this mouth. */
export function reverse(mouth: Mouth, edit: Edit): Edit[] {
  const { tooth } = edit
  if ('site' in edit) {
    const was = siteOf(mouth, edit)[edit.field]
    return [{ ...edit, value: was ?? null } as Edit]
  }
  if ('entrance' in edit) return [{ ...edit, value: cellsOf(mouth, tooth).furcations[edit.entrance] ?? null }]
  if ('mobility' in edit) return [{ tooth, mobility: cellsOf(mouth, tooth).mobility ?? null }]
  return [{ tooth, skipped: !!cellsOf(mouth, tooth).skipped }, ...(edit.skipped ? sayings(mouth, tooth) : [])]
}

export const emptied = (tooth: string, site: Site, of: SiteCells): Edit[] =>
  Object.keys(EMPTY)
    .filter(field => of[field as Length] != null)
    .map(field => ({ tooth, site, field, value: null }) as Edit)
