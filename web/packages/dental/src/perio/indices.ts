import { attachmentLoss, cellsOf, type Mouth, SITES, type Spot, siteOf } from './sites'

export type Indices = {
  sites: number
  bleeding: number | undefined
  plaque: number | undefined
  meanDepth: number | undefined
  meanLoss: number | undefined
  atLeast4: number
  atLeast5: number
  atLeast6: number
}

const percent = (part: number, whole: number) => (whole ? Math.floor((200 * part + whole) / (2 * whole)) : undefined)
const mean = (sum: number, count: number) => (count ? Math.floor((200 * sum + count) / (2 * count)) / 100 : undefined)

/** As the server counts (`rules/perio/indices.py`), while somebody types: both are held against the same exams. */
export function indicesOf(mouth: Mouth): Indices {
  let [sites, bled, depths, losses, lost, four, five, six, plaque, seen] = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0]
  for (const cells of Object.values(mouth)) {
    if (cells.skipped) continue
    for (const name of SITES) {
      const site = cells.sites[name]
      if (!site) continue
      if (site.plaque) plaque += 1
      if (site.plaque != null && site.depth == null) seen += 1
      if (site.depth == null) continue
      sites += 1
      depths += site.depth
      if (site.bleeding) bled += 1
      if (site.depth >= 4) four += 1
      if (site.depth >= 5) five += 1
      if (site.depth >= 6) six += 1
      const loss = attachmentLoss(site)
      if (loss === undefined) continue
      losses += loss
      lost += 1
    }
  }
  const looked = Object.values(mouth).some(cells => !cells.skipped && SITES.some(name => cells.sites[name]?.plaque != null))
  return {
    sites,
    bleeding: percent(bled, sites),
    plaque: looked ? percent(plaque, sites + seen) : undefined,
    meanDepth: mean(depths, sites),
    meanLoss: mean(losses, lost),
    atLeast4: four,
    atLeast5: five,
    atLeast6: six,
  }
}

/** By how many millimetres a site is deeper than it was; nothing where one of the two was not probed. */
export function deeperBy(before: Mouth, now: Mouth, spot: Spot): number | undefined {
  const [was, is] = [siteOf(before, spot).depth, siteOf(now, spot).depth]
  return was == null || is == null || cellsOf(now, spot.tooth).skipped ? undefined : is - was
}
