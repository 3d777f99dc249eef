import type { Tooth } from './teeth'

/** In the order in which they are kept. */
export const ORDER = ['M', 'O', 'I', 'D', 'B', 'F', 'L', 'B5', 'F5', 'L5'] as const
export type Surface = (typeof ORDER)[number]

export const isNeck = (surface: string) => surface.endsWith('5')

export function surfacesOf(tooth: Tooth): Surface[] {
  const [bite, outer] = tooth.front ? ['I', 'F'] : ['O', 'B']
  return ORDER.filter(one => ['M', bite, 'D', outer, 'L', `${outer}5`, 'L5'].includes(one))
}

/** Under the name by which this tooth has it: B, F and V say the same, P is L of an upper tooth. */
export function keptAs(name: string, tooth: Tooth): Surface | undefined {
  const letter = name[0] ?? ''
  const neck = name.slice(1)
  const kept = /[BFV]/.test(letter) ? (tooth.front ? 'F' : 'B') : letter === 'P' && tooth.upper ? 'L' : letter
  return surfacesOf(tooth).find(one => one === kept + neck)
}

/** `mod`, `MB5`: each as it is kept, in order. The first that the tooth does not have, or has twice, where something is wrong. */
export function readSurfaces(text: string, tooth: Tooth): { surfaces: Surface[] } | { wrong: string } {
  const found = new Set<Surface>()
  for (const part of text.toUpperCase().match(/[A-Z]5?|./g) ?? []) {
    const kept = keptAs(part, tooth)
    if (!kept || found.has(kept)) return { wrong: part }
    found.add(kept)
  }
  return { surfaces: ORDER.filter(one => found.has(one)) }
}

/** `MOD`; what is at the neck after it, `MO B5`. */
export function writeSurfaces(surfaces: readonly string[]): string {
  const crown = surfaces.filter(one => !isNeck(one)).join('')
  return [crown, ...surfaces.filter(isNeck)].filter(Boolean).join(' ')
}
