import { ROWS, type Spot, same, spotAt } from './sites'

/** In which order the probe goes round: as others have it, all facial sides first, or each tooth all around. */
export const PATHS = ['round', 'facialFirst', 'tooth'] as const
export type PathName = (typeof PATHS)[number]

const run = (row: number, back: boolean): Spot[] => {
  const spots = Array.from({ length: 48 }, (_, at) => spotAt(row, at) as Spot)
  return back ? spots.reverse() : spots
}
const around = (row: number, other: number): Spot[] =>
  Array.from({ length: 16 }, (_, tooth) =>
    [row, other].flatMap(one => [0, 1, 2].map(at => spotAt(one, tooth * 3 + at) as Spot)),
  ).flat()
const [UPPER_FACIAL, UPPER_LINGUAL, LOWER_LINGUAL, LOWER_FACIAL] = ROWS.map((_, row) => row) as [number, number, number, number]

const ORDERED: Record<PathName, Spot[]> = {
  round: [...run(UPPER_FACIAL, false), ...run(UPPER_LINGUAL, true), ...run(LOWER_FACIAL, false), ...run(LOWER_LINGUAL, true)],
  facialFirst: [
    ...run(UPPER_FACIAL, false),
    ...run(LOWER_FACIAL, true),
    ...run(LOWER_LINGUAL, false),
    ...run(UPPER_LINGUAL, true),
  ],
  tooth: [...around(UPPER_FACIAL, UPPER_LINGUAL), ...around(LOWER_FACIAL, LOWER_LINGUAL)],
}
export const pathOf = (name: PathName) => ORDERED[name]

const PLACES = Object.fromEntries(
  PATHS.map(name => [name, new Map(ORDERED[name].map((spot, at) => [`${spot.tooth}${spot.site}`, at]))]),
) as Record<PathName, Map<string, number>>
export const placeOn = (name: PathName, { tooth, site }: Spot) => PLACES[name].get(`${tooth}${site}`) ?? 0

/** The next spot on the way whose tooth is not skipped; nothing at its end. */
export function onward(name: PathName, from: Spot, skipped: (tooth: string) => boolean, step: 1 | -1 = 1): Spot | undefined {
  const path = ORDERED[name]
  for (let at = placeOn(name, from) + step; at >= 0 && at < path.length; at += step) {
    const spot = path[at] as Spot
    if (!skipped(spot.tooth)) return spot
  }
  return undefined
}

/** Where the next tooth on the way begins, or the one before. */
export function nextTooth(name: PathName, from: Spot, step: 1 | -1): Spot {
  const path = ORDERED[name]
  const firstOf = (at: number) => {
    let first = at
    while (first > 0 && path[first - 1]?.tooth === path[at]?.tooth) first -= 1
    return first
  }
  const begins = firstOf(placeOn(name, from))
  if (step === -1) {
    if (!same(path[begins], from)) return path[begins] as Spot
    return begins === 0 ? from : (path[firstOf(begins - 1)] as Spot)
  }
  let at = placeOn(name, from)
  while (at < path.length && path[at]?.tooth === from.tooth) at += 1
  return path[at] ?? from
}
