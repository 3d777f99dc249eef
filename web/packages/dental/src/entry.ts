import { CONDITIONS, type ConditionName, type Layer, MATERIAL_SHORT, NAMES, SHORT } from './conditions'
import { readSurfaces, type Surface, writeSurfaces } from './surfaces'
import { between, idOf, type Notation, numberOf, type Tooth, toothOf } from './teeth'

/**
 * What one types to chart: teeth, their surfaces, what is the matter, and after `>` what is planned for it.
 *
 *     26mo c        caries on the mesial and occlusal surfaces of 26
 *     26mo c>       and the usual treatment is planned
 *     26mo c>cr     and a crown is planned
 *     16,26o s!     sealants done today;  `!` done, `>` planned, `?` done elsewhere, nothing: it is there
 *     14-16 br zi   a bridge of zirconia, 15 replaced by it
 *     11+1 ip       an extra tooth beside 11, impacted
 *
 * Numbers are read in the notation that the clinic shows. Words are short ones that are the same everywhere, or those of the reader's
 * language, of which the beginning is enough.
 */
export type Entry = {
  teeth: string[]
  surfaces: Surface[]
  condition: ConditionName
  layer: Layer
  material: string | null
  pontics: string[]
  plan: { condition: ConditionName; material: string | null } | null
}
export type Trouble =
  | { code: 'tooth'; said: string }
  | { code: 'surface'; said: string; tooth: string }
  | { code: 'word'; said: string }
  | {
      code: 'surfaces_wanted' | 'no_surfaces' | 'too_few' | 'two_arches' | 'cannot_plan' | 'nothing_usual'
      condition: ConditionName
    }
/** As far as it is understood: teeth and surfaces are shown before the word is there. */
export type Reading = { entry?: Entry; teeth: string[]; surfaces: Surface[]; trouble?: Trouble }
export type Words = { conditions: Partial<Record<ConditionName, string>>; materials: Record<string, string> }

const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[\s_-]+/g, '')

function named<Name extends string>(
  said: string,
  names: readonly Name[],
  short: Record<string, string>,
  words: Partial<Record<string, string>>,
) {
  const asked = plain(said)
  if (!asked) return undefined
  const exact = names.find(name => short[name] === asked)
  if (exact) return exact
  if (asked.length < 3) return undefined
  const beginning = names.filter(name => [name, words[name] ?? ''].some(word => plain(word).startsWith(asked)))
  const whole = beginning.find(name => [name, words[name] ?? ''].some(word => plain(word) === asked))
  return whole ?? (beginning.length === 1 ? beginning[0] : undefined)
}
const conditionOf = (said: string, words: Words) => named(said, NAMES, SHORT, words.conditions)
const materialOf = (said: string, condition: ConditionName, words: Words) =>
  named(said, CONDITIONS[condition].materials, MATERIAL_SHORT, words.materials)

/** A number at the beginning, the longest that is one. */
function leadingTooth(text: string, notation: Notation): { id: string; rest: string } | undefined {
  const widest = /^(?:[A-Za-z]{2}[A-Za-z0-9]|\d{1,2}|[A-Za-z])/.exec(text)?.[0].length ?? 0
  for (let length = widest; length > 0; length--) {
    const extra = /^\+[1-9]/.exec(text.slice(length))?.[0] ?? ''
    const id = idOf(text.slice(0, length) + extra, notation)
    // 33 is no tooth of Universal's, and not tooth 3 either.
    if (id && /\d$/.test(text.slice(0, length)) && /^\d/.test(text.slice(length))) continue
    if (id) return { id, rest: text.slice(length + extra.length) }
  }
  return undefined
}

function leadingTeeth(text: string, notation: Notation): { teeth: string[]; rest: string } | { wrong: string } {
  const teeth: string[] = []
  let rest = text.trimStart()
  for (;;) {
    const first = leadingTooth(rest, notation)
    if (!first) return { wrong: /^\S+/.exec(rest)?.[0] ?? '' }
    rest = first.rest
    const range = /^\s*[-–]\s*(?=\w)/.exec(rest)
    if (range) {
      const last = leadingTooth(rest.slice(range[0].length), notation)
      const run = last && between(first.id, last.id)
      if (!last || !run) return { wrong: rest.slice(range[0].length).trim() }
      teeth.push(...run)
      rest = last.rest
    } else teeth.push(first.id)
    const comma = /^\s*,\s*/.exec(rest)
    if (!comma) return { teeth: [...new Set(teeth)], rest }
    rest = rest.slice(comma[0].length)
  }
}

const MARKS: Record<string, Layer> = { '>': 'planned', '!': 'done', '?': 'existing_other' }

export function readEntry(text: string, notation: Notation, words: Words, selected: string[] = []): Reading {
  const begun = text.trim()
  const nothing = { teeth: [], surfaces: [] }
  if (!begun) return nothing
  let found = leadingTeeth(begun, notation)
  // What is selected need not be said again: `mo c` is of the selected teeth.
  if ('wrong' in found) {
    if (selected.length === 0) return { ...nothing, trouble: { code: 'tooth', said: found.wrong } }
    found = { teeth: selected, rest: begun }
  }
  const teeth = found.teeth.map(id => toothOf(id) as Tooth)
  const [before = '', ...after] = found.rest.split(/(?<=[>!?])/)
  const mark = /[>!?]$/.exec(before)?.[0]
  const parts = before
    .replace(/[>!?]$/, '')
    .trim()
    .split(/\s+/)
    .filter(Boolean)
  const { surfaces, word, material: saidMaterial, wrong } = split(parts, teeth, words)
  if (wrong) return { teeth: found.teeth, surfaces: [], trouble: wrong }
  const seen = { teeth: found.teeth, surfaces }
  if (!word) return seen
  const condition = conditionOf(word, words)
  if (!condition) return { ...seen, trouble: { code: 'word', said: word } }
  return { ...seen, ...finish(condition, seen, mark, saidMaterial, after.join('').trim(), words) }
}

/** Surfaces first, then the word, then what it is made of; surfaces may stand right before the word. */
type Parted = { surfaces: Surface[]; word?: string; material?: string; wrong?: Trouble }

function split(parts: string[], teeth: Tooth[], words: Words): Parted {
  const first = teeth[0] as Tooth
  const read = (text: string): { surfaces: Surface[] } | undefined => {
    const each = teeth.map(tooth => readSurfaces(text, tooth))
    return each.every(one => 'surfaces' in one) ? (each[0] as { surfaces: Surface[] }) : undefined
  }
  const [one = '', ...others] = parts
  if (!one) return { surfaces: [] }
  const asWord = (word: string | undefined, rest: string[], surfaces: Surface[]) => ({ surfaces, word, material: rest.join(' ') })
  if (conditionOf(one, words)) return asWord(one, others, [])
  for (let length = one.length; length > 0; length--) {
    const kept = read(one.slice(0, length))
    if (!kept) continue
    const rest = one.slice(length)
    if (rest && !conditionOf(rest, words)) continue
    if (rest) return asWord(rest, others, kept.surfaces)
    const more = others[0] && !conditionOf(others[0], words) ? read(one + others[0]) : undefined
    return more ? asWord(others[1], others.slice(2), more.surfaces) : asWord(others[0], others.slice(1), kept.surfaces)
  }
  if (/^[modblifvp5]+$/i.test(one)) {
    const bad = teeth.map(tooth => ({ tooth, seen: readSurfaces(one, tooth) })).find(({ seen }) => 'wrong' in seen)
    const said = bad && 'wrong' in bad.seen ? bad.seen.wrong : one
    return { surfaces: [] as Surface[], wrong: { code: 'surface' as const, said, tooth: (bad?.tooth ?? first).id } }
  }
  return { surfaces: [] as Surface[], wrong: { code: 'word' as const, said: one } }
}

/** Which of a bridge's teeth it replaces: all but its ends. */
export const ponticsOf = (condition: ConditionName, teeth: readonly string[]) =>
  condition === 'bridge' ? teeth.slice(1, -1) : []

type Seen = { teeth: string[]; surfaces: Surface[] }

function finish(
  condition: ConditionName,
  seen: Seen,
  mark: string | undefined,
  said: string | undefined,
  after: string,
  words: Words,
) {
  const known = CONDITIONS[condition]
  const wrong = (code: 'surfaces_wanted' | 'no_surfaces' | 'too_few' | 'two_arches' | 'cannot_plan' | 'nothing_usual') => ({
    trouble: { code, condition } satisfies Trouble,
  })
  if (known.surfaces === 'none' && seen.surfaces.length > 0) return wrong('no_surfaces')
  if (known.surfaces === 'required' && seen.surfaces.length === 0) return wrong('surfaces_wanted')
  if (known.spans && condition !== 'denture' && seen.teeth.length < 2) return wrong('too_few')
  if (known.spans && new Set(seen.teeth.map(id => toothOf(id)?.upper)).size > 1) return wrong('two_arches')
  const material = said ? materialOf(said, condition, words) : null
  if (material === undefined) return { trouble: { code: 'word', said: said ?? '' } satisfies Trouble }
  // Of a bridge the ends carry, unless somebody says otherwise.
  const pontics = ponticsOf(condition, seen.teeth)
  const entry = { ...seen, condition, material, pontics, plan: null }
  const fits = (layer: Layer) => known.layers.includes(layer)
  if (known.sort === 'work') {
    if (after) return { trouble: { code: 'word', said: after } satisfies Trouble }
    return { entry: { ...entry, layer: mark ? (MARKS[mark] as Layer) : ('existing' as Layer) } }
  }
  if (!mark) return { entry: { ...entry, layer: 'condition' as Layer } }
  if (mark === '?' && fits('referred') && !after) return { entry: { ...entry, layer: 'referred' as Layer } }
  if (mark !== '>') return wrong('cannot_plan')
  const planned = plan(condition, after, words)
  if (!planned) return after ? { trouble: { code: 'word', said: after } satisfies Trouble } : wrong('nothing_usual')
  const wanted = CONDITIONS[planned.condition]
  if (wanted.sort !== 'work' || wanted.spans) return wrong('cannot_plan')
  if (wanted.surfaces === 'required' && seen.surfaces.length === 0)
    return { trouble: { code: 'surfaces_wanted', condition: planned.condition } satisfies Trouble }
  return { entry: { ...entry, layer: 'condition' as Layer, plan: planned } }
}

function plan(condition: ConditionName, after: string, words: Words): Entry['plan'] | undefined {
  if (!after) return CONDITIONS[condition].usual ?? undefined
  const [word = '', ...rest] = after.split(/\s+/)
  const planned = conditionOf(word, words)
  if (!planned) return undefined
  const said = rest.join(' ')
  const material = said ? materialOf(said, planned, words) : null
  return material === undefined ? undefined : { condition: planned, material }
}

/** As one could have typed it. */
export function writeEntry(entry: Entry, notation: Notation): string {
  const teeth = entry.teeth.map(id => numberOf(id, notation)).join(',')
  const on = writeSurfaces(entry.surfaces).replaceAll(' ', '').toLowerCase()
  const marks: Partial<Record<Layer, string>> = { planned: '>', done: '!', existing_other: '?', referred: '?' }
  const made = (material: string | null) => (material ? ` ${MATERIAL_SHORT[material]}` : '')
  const word = SHORT[entry.condition] + made(entry.material) + (marks[entry.layer] ?? '')
  const planned = entry.plan ? `>${SHORT[entry.plan.condition]}${made(entry.plan.material)}` : ''
  return `${teeth}${on} ${word}${planned}`
}
