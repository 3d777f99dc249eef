/** The teeth by their FDI numbers, as `chairside/charting/rules/teeth.py` has them; an extra one is the nearest and an ordinal, `11+1`. */
export type Notation = 'fdi' | 'universal' | 'palmer'
export type Stage = 'primary' | 'mixed' | 'permanent'
export type ToothClass =
  | 'central'
  | 'lateral'
  | 'canine'
  | 'first_premolar'
  | 'second_premolar'
  | 'first_molar'
  | 'second_molar'
  | 'third_molar'
export type Tooth = {
  id: string
  fdi: string
  ordinal: number
  primary: boolean
  upper: boolean
  /** The patient's right, at the viewer's left. */
  right: boolean
  front: boolean
  kind: ToothClass
  /** 1 to 8 (or 5) from the midline. */
  place: number
}

const places = (last: number) => Array.from({ length: last }, (_, at) => at + 1)
const row = (right: number, left: number, last: number) => [
  ...places(last)
    .reverse()
    .map(place => `${right}${place}`),
  ...places(last).map(place => `${left}${place}`),
]
/** As one looks at the patient: their right first. */
export const UPPER = row(1, 2, 8)
export const LOWER = row(4, 3, 8)
export const PRIMARY_UPPER = row(5, 6, 5)
export const PRIMARY_LOWER = row(8, 7, 5)

const PERMANENT_KINDS: ToothClass[] = [
  'central', 'lateral', 'canine', 'first_premolar', 'second_premolar', 'first_molar', 'second_molar', 'third_molar',
] // biome-ignore format: one reads a list better in few lines
const PRIMARY_KINDS: ToothClass[] = ['central', 'lateral', 'canine', 'first_molar', 'second_molar']

export function toothOf(id: string): Tooth | undefined {
  const found = /^([1-8])([1-8])(?:\+([1-9]))?$/.exec(id)
  if (!found) return undefined
  const digit = Number(found[1])
  const place = Number(found[2])
  const primary = digit > 4
  const kind = (primary ? PRIMARY_KINDS : PERMANENT_KINDS)[place - 1]
  if (!kind) return undefined
  const corner = (digit - 1) % 4
  return {
    id,
    fdi: `${digit}${place}`,
    ordinal: Number(found[3] ?? 0),
    primary,
    upper: corner < 2,
    right: corner === 0 || corner === 3,
    front: place <= 3,
    kind,
    place,
  }
}

// Universal counts from the upper right to the upper left, then from the lower left to the lower right.
const COUNTED = [...UPPER, ...[...LOWER].reverse()]
const LETTERED = [...PRIMARY_UPPER, ...[...PRIMARY_LOWER].reverse()]
const QUADRANTS = ['UR', 'UL', 'LL', 'LR']

/** How a tooth's number is written where that notation is read. */
export function numberOf(id: string, notation: Notation): string {
  const tooth = toothOf(id)
  if (!tooth) return id
  const extra = tooth.ordinal ? `+${tooth.ordinal}` : ''
  if (notation === 'fdi') return id
  if (notation === 'universal') {
    const place = (tooth.primary ? LETTERED : COUNTED).indexOf(tooth.fdi)
    return (tooth.primary ? String.fromCharCode(65 + place) : `${place + 1}`) + extra
  }
  const quadrant = QUADRANTS[(Number(tooth.fdi[0]) - 1) % 4]
  return `${quadrant}${tooth.primary ? String.fromCharCode(64 + tooth.place) : tooth.place}${extra}`
}

/** The tooth that somebody who reads this notation means; nothing where there is none. */
export function idOf(number: string, notation: Notation): string | undefined {
  const found = /^([A-Z0-9]+?)(\+[1-9])?$/.exec(number.toUpperCase())
  if (!found) return undefined
  const name = found[1] as string
  const extra = found[2] ?? ''
  const among = [...COUNTED, ...LETTERED]
  const id = notation === 'fdi' ? name : among.find(fdi => numberOf(fdi, notation) === name)
  return id && toothOf(id) ? `${id}${extra}` : undefined
}

/** Teeth as they are typed, however they are set apart; `wrong` is the first that is none in this notation. */
export function teethIn(typed: string, notation: Notation): { teeth: string[]; wrong?: string } {
  const said = typed.split(/[\s,;]+/).filter(Boolean)
  const ids = said.map(number => idOf(number, notation))
  const wrong = said[ids.indexOf(undefined)]
  return wrong ? { teeth: [], wrong } : { teeth: ids as string[] }
}

/** From one to another along the arch, both included; nothing where they stand in different ones. */
export function between(from: string, to: string): string[] | undefined {
  for (const arch of [UPPER, LOWER, PRIMARY_UPPER, PRIMARY_LOWER]) {
    const [start, end] = [arch.indexOf(from), arch.indexOf(to)]
    if (start >= 0 && end >= 0) return arch.slice(Math.min(start, end), Math.max(start, end) + 1)
  }
  return undefined
}

/** The permanent tooth that comes after a primary one. */
export const successorOf = (fdi: string) => `${Number(fdi[0]) - 4}${fdi[1]}`
