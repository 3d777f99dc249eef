import { CONDITIONS, type ConditionName, type Layer } from './conditions'
import { PRIMARY_LOWER, PRIMARY_UPPER, type Stage, successorOf, toothOf } from './teeth'

/** What of a finding is drawn; the API's findings have more. */
export type Found = {
  id: string
  teeth: string[]
  surfaces: string[]
  condition: ConditionName
  layer: Layer
  material: string | null
  detail: string | null
  pontics: string[]
  noted_on: string
  fulfils_id: string | null
  struck_at: string | null
}
/** `shed`: a milk tooth that is gone as it should be. */
export type Presence = 'present' | 'missing' | 'shed' | 'unerupted' | 'impacted' | 'root' | 'implant' | 'pontic'
export type DrawnTooth = { presence: Presence; marks: Found[] }

const AFTER: Partial<Record<ConditionName, Presence>> = {
  missing: 'missing', extraction: 'missing', unerupted: 'unerupted', impacted: 'impacted', erupted: 'present', root_remnant: 'root',
  implant: 'implant',
} // biome-ignore format: one reads a list better in few lines
const HAPPENED: Layer[] = ['condition', 'existing', 'existing_other', 'done']

/** Whether teeth are there after all that was found and done, as `chairside/charting/rules/presence.py` says it. */
export function presenceOf(findings: Found[]): Map<string, Presence> {
  const found = new Map<string, Presence>()
  for (const one of findings) {
    if (!HAPPENED.includes(one.layer)) continue
    for (const tooth of one.teeth) {
      const after = AFTER[one.condition] ?? (one.condition === 'bridge' && one.pontics.includes(tooth) ? 'pontic' : undefined)
      if (after) found.set(tooth, after)
    }
  }
  return found
}

// In years, of the permanent teeth from the midline: the middles of the usual ranges.
const ERUPTS = [7, 8, 11, 10, 11, 6, 12, 18]

/** Whether a tooth is usually there at an age. */
export function expected(id: string, stage: Stage, age: number): Presence {
  const tooth = toothOf(id)
  if (!tooth) return 'present'
  if (tooth.ordinal) return 'present'
  if (stage === 'permanent') return tooth.primary ? 'shed' : tooth.place === 8 && age < 18 ? 'unerupted' : 'present'
  if (stage === 'primary') return tooth.primary ? 'present' : 'unerupted'
  const years = Math.min(Math.max(age, 6), 12)
  if (tooth.primary) return expected(successorOf(tooth.fdi), stage, age) === 'present' ? 'shed' : 'present'
  return years >= (ERUPTS[tooth.place - 1] ?? 99) ? 'present' : 'unerupted'
}

export type Looking = { layers: ReadonlySet<Layer>; until?: string }

/** What stands of a chart on a day, in the layers that are looked at. Plans that were fulfilled and what was treated are past. */
export function standing(findings: Found[], { layers, until }: Looking): Found[] {
  const there = findings.filter(one => !one.struck_at && (!until || one.noted_on <= until))
  const fulfilled = new Set(there.map(one => one.fulfils_id))
  return there.filter((one, at) => layers.has(one.layer) && !fulfilled.has(one.id) && !isTreated(one, there.slice(at + 1)))
}

const WHOLE: ConditionName[] = ['crown', 'extraction', 'implant', 'bridge', 'veneer']

/** A problem over all of whose surfaces something was done since. */
function isTreated(one: Found, later: Found[]): boolean {
  if (CONDITIONS[one.condition].sort !== 'problem') return false
  const done = later.filter(other => other.layer === 'done' && other.teeth.some(tooth => one.teeth.includes(tooth)))
  if (one.condition === 'periapical') return done.some(other => ['root_canal', 'extraction'].includes(other.condition))
  if (['rotation', 'drift'].includes(one.condition)) return done.some(other => other.condition === 'extraction')
  if (done.some(other => WHOLE.includes(other.condition))) return true
  const covered = new Set(
    done.filter(other => ['restoration', 'inlay', 'sealant'].includes(other.condition)).flatMap(other => other.surfaces),
  )
  return one.surfaces.length > 0 && one.surfaces.every(surface => covered.has(surface))
}

/** Every tooth that is drawn: those of the stage, and whichever else something is said of. */
export function drawnTeeth(findings: Found[], stage: Stage, age: number, looking: Looking): Map<string, DrawnTooth> {
  const seen = standing(findings, looking)
  const said = presenceOf(findings.filter(one => !one.struck_at && (!looking.until || one.noted_on <= looking.until)))
  const teeth = new Map<string, DrawnTooth>()
  const touch = (id: string) => {
    const known = teeth.get(id)
    if (known) return known
    const fresh: DrawnTooth = { presence: said.get(id) ?? expected(id, stage, age), marks: [] }
    teeth.set(id, fresh)
    return fresh
  }
  for (const id of said.keys()) touch(id)
  for (const one of seen)
    for (const id of one.teeth) {
      const tooth = touch(id)
      tooth.marks.push(one)
      // Nobody fills a tooth that has not come yet.
      if (
        !said.has(id) &&
        tooth.presence !== 'present' &&
        CONDITIONS[one.condition].sort !== 'presence' &&
        one.layer !== 'planned'
      )
        tooth.presence = 'present'
    }
  return teeth
}

/** Milk teeth are shown where the stage has them, or something is said of one. */
export function showsPrimary(findings: Found[], stage: Stage): boolean {
  const milk = new Set([...PRIMARY_UPPER, ...PRIMARY_LOWER])
  return stage !== 'permanent' || findings.some(one => !one.struck_at && one.teeth.some(id => milk.has(toothOf(id)?.fdi ?? '')))
}
