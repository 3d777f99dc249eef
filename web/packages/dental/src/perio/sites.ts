import { LOWER, toothOf, UPPER } from '../teeth'

/** Six sites of a tooth, as `chairside/charting/rules/perio/sites.py` names and orders them. */
export const SITES = ['MB', 'B', 'DB', 'ML', 'L', 'DL'] as const
export type Site = (typeof SITES)[number]
export const ENTRANCES = ['B', 'L', 'M', 'D'] as const
export type Entrance = (typeof ENTRANCES)[number]
export type Spot = { tooth: string; site: Site }

export const LENGTHS = ['depth', 'margin', 'keratinised'] as const
export const SIGNS = ['bleeding', 'suppuration', 'plaque', 'calculus'] as const
export type Length = (typeof LENGTHS)[number]
export type Sign = (typeof SIGNS)[number]

/** Lengths in millimetres; the margin's from the enamel, recession positive. Nothing is not measured, or not looked for. */
export type SiteCells = { readonly [field in Length]?: number | null } & { readonly [field in Sign]?: boolean | null }
export type ToothCells = {
  readonly sites: { readonly [site in Site]?: SiteCells }
  readonly furcations: { readonly [entrance in Entrance]?: number | null }
  readonly mobility?: number | null
  readonly skipped?: boolean
}
export type Mouth = Readonly<Record<string, ToothCells>>

export const NO_CELLS: ToothCells = { sites: {}, furcations: {} }
export const NO_SITE: SiteCells = {}
export const cellsOf = (mouth: Mouth, tooth: string) => mouth[tooth] ?? NO_CELLS
export const siteOf = (mouth: Mouth, { tooth, site }: Spot) => cellsOf(mouth, tooth).sites[site] ?? NO_SITE

export const isFacial = (site: Site) => site.endsWith('B')
export const isInterdental = (site: Site) => site.length === 2
export const attachmentLoss = ({ depth, margin }: SiteCells) => (depth == null || margin == null ? undefined : depth + margin)

/** Where the roots of a tooth part. */
export function entrancesOf(tooth: string): Entrance[] {
  const known = toothOf(tooth)
  if (!known || known.primary) return []
  if (known.place >= 6) return known.upper ? ['B', 'M', 'D'] : ['B', 'L']
  return known.place === 4 && known.upper ? ['M', 'D'] : []
}

/** Four rows as they are drawn: upper facial, upper lingual, lower lingual, lower facial; of each, 48 sites from the viewer's left. */
export const ROWS = [
  { upper: true, facial: true },
  { upper: true, facial: false },
  { upper: false, facial: false },
  { upper: false, facial: true },
] as const
export const archOf = (row: number) => (ROWS[row]?.upper ? UPPER : LOWER)

/** The three sites of a tooth on a side, from the viewer's left: on the patient's right, distal first. */
export function sitesOf(tooth: string, facial: boolean): Site[] {
  const side = facial ? 'B' : 'L'
  const mesialFirst: Site[] = [`M${side}`, side, `D${side}`]
  return toothOf(tooth)?.right ? mesialFirst.toReversed() : mesialFirst
}

export const rowOf = ({ tooth, site }: Spot) => (toothOf(tooth)?.upper ? (isFacial(site) ? 0 : 1) : isFacial(site) ? 3 : 2)
export const columnOf = (spot: Spot) =>
  archOf(rowOf(spot)).indexOf(spot.tooth) * 3 + sitesOf(spot.tooth, isFacial(spot.site)).indexOf(spot.site)
export function spotAt(row: number, column: number): Spot | undefined {
  const tooth = archOf(row)[Math.floor(column / 3)]
  const site = tooth && sitesOf(tooth, ROWS[row]?.facial ?? true)[column % 3]
  return tooth && site && ROWS[row] ? { tooth, site } : undefined
}
export const same = (one: Spot | undefined, other: Spot | undefined) => one?.tooth === other?.tooth && one?.site === other?.site
/** What the rows are called in words. */
export const ROW_NAMES = ['upperFacial', 'upperLingual', 'lowerLingual', 'lowerFacial'] as const
export const numberOfRow = (row: number) => ROW_NAMES[row] ?? 'upperFacial'
