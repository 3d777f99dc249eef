import type { Tooth, ToothClass } from './teeth'

/**
 * Own drawings, in units of which a molar is 48 wide. From the side: roots above, the neck at 0, the crown below; a lower tooth is
 * the same upside down. Positive x is distal. From the bite: an outline in five parts.
 */
type Root = { from: number; to: number; apex: [number, number]; behind?: boolean }
type Shape = {
  width: number
  crown: number
  neck: number
  height: number
  edge: 'flat' | 'point' | 'cusp' | 'cusps'
  roots: Root[]
}

const one = (half: number, x: number, long: number): Root[] => [{ from: -half, to: half, apex: [x, -long] }]
const SHAPES: Record<ToothClass, Shape> = {
  central: { width: 34, crown: 13, neck: 9, height: 29, edge: 'flat', roots: one(8, 1, 46) },
  lateral: { width: 32, crown: 11, neck: 7.5, height: 27, edge: 'flat', roots: one(7, 2, 45) },
  canine: { width: 34, crown: 12.5, neck: 8.5, height: 30, edge: 'point', roots: one(8, 2, 54) },
  first_premolar: {
    width: 36, crown: 13, neck: 10, height: 25, edge: 'cusp',
    roots: [{ from: -9, to: 1, apex: [-4, -44] }, { from: -1, to: 9, apex: [6, -42] }],
  },
  second_premolar: { width: 36, crown: 13, neck: 10, height: 24, edge: 'cusp', roots: one(9, 2, 45) },
  first_molar: {
    width: 48, crown: 20.5, neck: 17, height: 24, edge: 'cusps',
    roots: [{ from: -6, to: 7, apex: [1, -44], behind: true }, { from: -16, to: -2, apex: [-11, -41] }, { from: 3, to: 16, apex: [14, -40] }],
  },
  second_molar: {
    width: 48, crown: 19.5, neck: 16, height: 23, edge: 'cusps',
    roots: [{ from: -6, to: 7, apex: [2, -42], behind: true }, { from: -15, to: -2, apex: [-8, -40] }, { from: 2, to: 15, apex: [11, -39] }],
  },
  third_molar: {
    width: 48, crown: 17.5, neck: 14, height: 21, edge: 'cusps',
    roots: [{ from: -13, to: 0, apex: [-2, -35] }, { from: 0, to: 13, apex: [8, -34] }],
  },
} // biome-ignore format: one reads a table better in few lines
const LOWER_ROOTS: Partial<Record<ToothClass, Root[]>> = {
  first_premolar: one(9, 2, 45),
  first_molar: [
    { from: -16, to: -1, apex: [-11, -43] },
    { from: 1, to: 16, apex: [13, -42] },
  ],
  second_molar: [
    { from: -15, to: -1, apex: [-8, -41] },
    { from: 1, to: 15, apex: [11, -40] },
  ],
}
/** A lower front tooth is narrower than the one above it. */
const NARROW: Partial<Record<ToothClass, number>> = { central: 0.72, lateral: 0.84, canine: 0.92 }

export const ROOT = 58
export const CROWN = 32
const MILK = 0.78

export type Drawn = {
  width: number
  /** Of the side: everything above it is root. */
  side: number
  neck: number
  crown: string
  crownHeight: number
  crownHalf: number
  roots: { path: string; canal: string; apex: [number, number]; behind: boolean }[]
  bite: { width: number; height: number; front: boolean }
}

export function drawnOf(tooth: Tooth): Drawn {
  const own = SHAPES[tooth.primary ? MILKY[tooth.kind] : tooth.kind]
  const narrow = tooth.upper ? 1 : (NARROW[tooth.kind] ?? 1)
  const small = tooth.primary ? MILK : 1
  const wide = narrow * small * (tooth.primary && own.edge === 'cusps' ? 0.92 : 1)
  const half = own.crown * wide
  const neck = own.neck * wide
  const height = own.height * small
  const roots = (tooth.upper || tooth.primary ? own.roots : (LOWER_ROOTS[tooth.kind] ?? own.roots)).filter(
    root => !(tooth.primary && !tooth.upper && root.behind),
  )
  // The roots of milk molars spread: the next tooth grows between them.
  const spread = tooth.primary && own.edge === 'cusps' ? 1.25 : 1
  return {
    width: own.width,
    side: ROOT + CROWN,
    neck,
    crown: crownPath(own.edge, half, neck, height),
    crownHeight: height,
    crownHalf: half,
    roots: roots.map(root => rootOf(root, wide, small, spread)),
    bite: { width: half * 2 * (tooth.front ? 1 : 1.02), height: tooth.front ? 22 * small : 30 * small, front: tooth.front },
  }
}

/** What a milk tooth looks like: its molars stand where premolars will. */
const MILKY: Record<ToothClass, ToothClass> = {
  central: 'central', lateral: 'lateral', canine: 'canine', first_premolar: 'first_premolar', second_premolar: 'second_premolar',
  first_molar: 'first_molar', second_molar: 'first_molar', third_molar: 'third_molar',
} // biome-ignore format: one reads a table better in few lines

export const widthOf = (tooth: Tooth) =>
  tooth.primary && tooth.place >= 4 ? SHAPES.second_premolar.width : SHAPES[tooth.kind].width

const n = (value: number) => Math.round(value * 10) / 10
const at = (x: number, y: number) => `${n(x)} ${n(y)}`

function rootOf(root: Root, wide: number, small: number, spread: number) {
  const [a, b] = [root.from * wide, root.to * wide]
  const [x, y] = [root.apex[0] * wide * spread, root.apex[1] * small]
  const path = `M${at(a, 1)} C${at(a * 1.02, y * 0.45)} ${at(x - 3, y * 0.8)} ${at(x - 1, y * 0.98)} Q${at(x, y)} ${at(x + 1, y * 0.98)} C${at(x + 3.4, y * 0.8)} ${at(b * 1.02, y * 0.45)} ${at(b, 1)} Z`
  const middle = (a + b) / 2
  const canal = `M${at(middle * 0.8, 6 * small)} Q${at(middle, y * 0.45)} ${at(x, y * 0.93)}`
  return { path, canal, apex: [x, y] as [number, number], behind: root.behind ?? false }
}

function crownPath(edge: Shape['edge'], half: number, neck: number, h: number): string {
  const begin = `M${at(-neck, 0)} C${at(-half * 1.06, h * 0.28)} ${at(-half, h * 0.5)}`
  const end = `C${at(half, h * 0.5)} ${at(half * 1.06, h * 0.28)} ${at(neck, 0)} Q${at(0, -5)} ${at(-neck, 0)} Z`
  if (edge === 'flat')
    return `${begin} ${at(-half * 0.97, h * 0.9)} Q${at(-half * 0.95, h)} ${at(-half * 0.75, h)} L${at(half * 0.7, h)} Q${at(half * 0.95, h)} ${at(half * 0.97, h * 0.86)} ${end}`
  if (edge === 'point')
    return `${begin} ${at(-half * 0.94, h * 0.72)} Q${at(-half * 0.4, h * 0.88)} ${at(-1, h)} Q${at(half * 0.5, h * 0.86)} ${at(half * 0.95, h * 0.66)} ${end}`
  if (edge === 'cusp')
    return `${begin} ${at(-half * 0.96, h * 0.74)} Q${at(-half * 0.45, h * 0.92)} ${at(0, h)} Q${at(half * 0.45, h * 0.92)} ${at(half * 0.96, h * 0.72)} ${end}`
  return `${begin} ${at(-half * 0.98, h * 0.78)} Q${at(-half * 0.55, h * 1.14)} ${at(0, h * 0.86)} Q${at(half * 0.5, h * 1.1)} ${at(half * 0.98, h * 0.74)} ${end}`
}

/** The five parts of the bite, in a box around 0: outer above, inner below, mesial to the left. */
export function bitePaths({
  width,
  height,
  front,
}: Drawn['bite']): Record<'outer' | 'inner' | 'mesial' | 'distal' | 'middle', string> {
  const [x, y] = [width / 2, height / 2]
  const cut = Math.min(x, y) * 0.3
  const [ix, iy] = [x * (front ? 0.52 : 0.46), y * (front ? 0.24 : 0.4)]
  const across = (side: 1 | -1) =>
    `M${at(-x + cut, side * (y - cut))} Q${at(-x + cut * 2.4, side * y)} ${at(0, side * y)} Q${at(x - cut * 2.4, side * y)} ${at(x - cut, side * (y - cut))} L${at(ix, side * iy)} L${at(-ix, side * iy)} Z`
  const along = (side: 1 | -1) =>
    `M${at(side * (x - cut), -y + cut)} Q${at(side * x, -y + cut * 2.4)} ${at(side * x, 0)} Q${at(side * x, y - cut * 2.4)} ${at(side * (x - cut), y - cut)} L${at(side * ix, iy)} L${at(side * ix, -iy)} Z`
  return {
    outer: across(-1),
    inner: across(1),
    mesial: along(-1),
    distal: along(1),
    middle: `M${at(-ix, -iy)} L${at(ix, -iy)} L${at(ix, iy)} L${at(-ix, iy)} Z`,
  }
}
