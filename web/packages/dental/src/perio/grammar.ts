import { idOf, type Notation } from '../teeth'
import { applied, type Edit, emptied, reverse } from './edits'
import { nextTooth, onward, type PathName, pathOf, placeOn } from './paths'
import {
  cellsOf,
  columnOf,
  ENTRANCES,
  type Entrance,
  entrancesOf,
  isFacial,
  type Length,
  type Mouth,
  rowOf,
  type Sign,
  type Spot,
  siteOf,
  spotAt,
} from './sites'

/** What has been begun and wants another key. */
export type Pending =
  | { kind: 'tens' }
  | { kind: 'minus' }
  | { kind: 'mobility' }
  | { kind: 'furcation'; entrance?: Entrance }
  | { kind: 'goto'; typed: string }

type Step = { back: Edit[]; at: Spot; last: Spot | undefined }
export type Probing = {
  mouth: Mouth
  at: Spot
  /** The site that was written last: signs are said after the number. */
  last: Spot | undefined
  measure: Length
  path: PathName
  notation: Notation
  /** What `/` writes, three figures to a side. */
  macro: string
  pending: Pending | undefined
  steps: readonly Step[]
}

export type Trouble = 'unknown' | 'skipped' | 'no_depth' | 'no_furcation' | 'no_triplet' | 'no_tooth' | 'nothing_to_undo'
export type Pressed = { state: Probing; edits: Edit[]; trouble?: Trouble; known: boolean }

const SIGN_KEYS: Record<string, Sign> = { B: 'bleeding', S: 'suppuration', P: 'plaque', C: 'calculus' }
const ARROWS: Record<string, [number, number]> = { '↑': [-1, 0], '↓': [1, 0], '←': [0, -1], '→': [0, 1] }
const STEPS_KEPT = 400

export const begin = (mouth: Mouth, more: Pick<Probing, 'path' | 'notation' | 'macro'>): Probing => ({
  mouth,
  at: firstOpen(mouth, more.path),
  last: undefined,
  measure: 'depth',
  pending: undefined,
  steps: [],
  ...more,
})

/** Where one goes on: the first site on the way that was not probed yet. */
export function firstOpen(mouth: Mouth, path: PathName): Spot {
  const way = pathOf(path)
  const open = way.find(spot => !cellsOf(mouth, spot.tooth).skipped && siteOf(mouth, spot).depth == null)
  return open ?? way.find(spot => !cellsOf(mouth, spot.tooth).skipped) ?? (way[0] as Spot)
}

const nothing = (state: Probing, trouble?: Trouble): Pressed => ({ state, edits: [], trouble, known: true })

function did(state: Probing, edits: Edit[], then: Partial<Probing> = {}): Pressed {
  let mouth = state.mouth
  const back: Edit[] = []
  for (const edit of edits) {
    back.unshift(...reverse(mouth, edit))
    mouth = applied(mouth, [edit])
  }
  const steps = [...state.steps, { back, at: state.at, last: state.last }].slice(-STEPS_KEPT)
  return { state: { ...state, mouth, steps, pending: undefined, ...then }, edits, known: true }
}

const isSkipped = (state: Probing) => (tooth: string) => !!cellsOf(state.mouth, tooth).skipped
const advanced = (state: Probing) => onward(state.path, state.at, isSkipped(state)) ?? state.at

/** A length at the cursor, which goes on. */
function write(state: Probing, value: number): Pressed {
  const { at, measure } = state
  if (isSkipped(state)(at.tooth)) return nothing({ ...state, pending: undefined }, 'skipped')
  if (measure === 'margin' && siteOf(state.mouth, at).depth == null) return nothing({ ...state, pending: undefined }, 'no_depth')
  return did(state, [{ ...at, field: measure, value }], { at: advanced(state), last: at })
}

/** Signs and recession are said of the site that was just written, where the cursor stands on an empty one. */
function meant(state: Probing): Spot {
  return siteOf(state.mouth, state.at).depth == null && state.last ? state.last : state.at
}

function mark(state: Probing, sign: Sign): Pressed {
  const spot = meant(state)
  if (isSkipped(state)(spot.tooth)) return nothing(state, 'skipped')
  return did(state, [{ ...spot, field: sign, value: siteOf(state.mouth, spot)[sign] ? null : true }])
}

function recede(state: Probing, value: number): Pressed {
  if (state.measure === 'margin') return write(state, -value)
  const spot = meant(state)
  if (siteOf(state.mouth, spot).depth == null) return nothing({ ...state, pending: undefined }, 'no_depth')
  return did(state, [{ ...spot, field: 'margin', value }])
}

function erase(state: Probing): Pressed {
  const filled = (spot: Spot) =>
    state.measure === 'depth' ? emptied(spot.tooth, spot.site, siteOf(state.mouth, spot)) : oneOf(state, spot)
  const here = filled(state.at)
  if (here.length) return did(state, here, { last: undefined })
  const back = onward(state.path, state.at, isSkipped(state), -1)
  if (!back) return nothing(state)
  return did(state, filled(back), { at: back, last: undefined })
}
const oneOf = (state: Probing, spot: Spot): Edit[] =>
  siteOf(state.mouth, spot)[state.measure] == null ? [] : [{ ...spot, field: state.measure, value: null }]

/** Several lengths one after another, taken back as one. */
function several(state: Probing, values: readonly number[]): Pressed {
  let now = state
  const edits: Edit[] = []
  let trouble: Trouble | undefined
  for (const value of values) {
    const next = write(now, value)
    if (next.trouble) {
      trouble = next.trouble
      break
    }
    edits.push(...next.edits)
    now = next.state
  }
  return together(state, { state: now, edits, trouble, known: true })
}

/** What took many keys or figures is one thing to take back. */
export function together(before: Probing, after: Pressed): Pressed {
  const made = after.state.steps.slice(before.steps.length)
  if (made.length < 2) return after
  const one: Step = { back: made.toReversed().flatMap(step => step.back), at: before.at, last: before.last }
  return { ...after, state: { ...after.state, steps: [...before.steps, one] } }
}

function again(state: Probing): Pressed {
  const way = pathOf(state.path)
  const until = placeOn(state.path, state.at)
  const before = way
    .slice(0, until)
    .filter(spot => !isSkipped(state)(spot.tooth))
    .slice(-3)
  const values = before.map(spot => siteOf(state.mouth, spot)[state.measure])
  if (values.length < 3 || values.some(value => value == null)) return nothing(state, 'no_triplet')
  return several(state, values as number[])
}

function skip(state: Probing): Pressed {
  const { tooth } = state.at
  if (isSkipped(state)(tooth)) return did(state, [{ tooth, skipped: false }])
  const next = nextTooth(state.path, state.at, 1)
  const at = isSkipped(state)(next.tooth) ? (onward(state.path, next, isSkipped(state)) ?? next) : next
  return did(state, [{ tooth, skipped: true }], { at, last: undefined })
}

function undo(state: Probing): Pressed {
  const step = state.steps.at(-1)
  if (!step) return nothing(state, 'nothing_to_undo')
  const { at, last, back } = step
  const steps = state.steps.slice(0, -1)
  return { state: { ...state, mouth: applied(state.mouth, back), steps, at, last, pending: undefined }, edits: back, known: true }
}

/** The entrance that is nearest to where the probe is. */
function nearest({ tooth, site }: Spot): Entrance | undefined {
  const there = entrancesOf(tooth)
  const wanted: Entrance[] = isFacial(site) ? ['B'] : site === 'DL' ? ['L', 'D', 'M'] : ['L', 'M', 'D']
  return wanted.find(one => there.includes(one)) ?? (site[0] === 'D' ? there.at(-1) : there[0])
}

export const goTo = (state: Probing, tooth: string): Pressed => {
  const spot = pathOf(state.path).find(one => one.tooth === tooth)
  return spot
    ? nothing({ ...state, at: spot, last: undefined, pending: undefined })
    : nothing({ ...state, pending: undefined }, 'no_tooth')
}
export const standAt = (state: Probing, at: Spot): Probing => ({ ...state, at, last: undefined, pending: undefined })

function goOn(state: Probing, pending: Pending, key: string): Pressed | undefined {
  const figure = /^\d$/.test(key) ? Number(key) : undefined
  const free = { ...state, pending: undefined }
  const { tooth } = state.at
  if (key === 'Esc') return nothing(free)
  switch (pending.kind) {
    case 'tens':
      return figure === undefined ? undefined : write(free, 10 + figure)
    case 'minus':
      return figure === undefined ? undefined : recede(free, figure)
    case 'mobility':
      if (figure === undefined) return undefined
      return figure > 3 ? nothing(free, 'unknown') : did(free, [{ tooth, mobility: figure }])
    case 'furcation': {
      const entrance = ENTRANCES.find(one => one === key)
      if (entrance) {
        if (!entrancesOf(tooth).includes(entrance)) return nothing(free, 'no_furcation')
        return nothing({ ...state, pending: { kind: 'furcation', entrance } })
      }
      if (figure === undefined) return undefined
      const at = pending.entrance ?? nearest(state.at)
      if (!at) return nothing(free, 'no_furcation')
      return figure > 3 ? nothing(free, 'unknown') : did(free, [{ tooth, entrance: at, value: figure || null }])
    }
    case 'goto': {
      const typed = key === 'Enter' ? pending.typed : pending.typed + key
      if (key !== 'Enter' && figure === undefined) return undefined
      const universal = state.notation === 'universal'
      if (key !== 'Enter' && typed.length < 2) return nothing({ ...state, pending: { kind: 'goto', typed } })
      const id = idOf(typed, universal ? 'universal' : 'fdi')
      return id ? goTo(free, id) : nothing(free, 'no_tooth')
    }
  }
}

/** A key, by the name that `strokesOf` gives it; `known` false: it means nothing here and belongs to somebody else. */
export function press(state: Probing, key: string): Pressed {
  if (state.pending) {
    const went = goOn(state, state.pending, key)
    if (went) return went
    return press({ ...state, pending: undefined }, key)
  }
  const figure = /^(Mod\+)?(\d)$/.exec(key)
  if (figure) return write(state, Number(figure[2]) + (figure[1] ? 10 : 0))
  const sign = SIGN_KEYS[key]
  if (sign) return mark(state, sign)
  const arrow = ARROWS[key]
  if (arrow) {
    const at = spotAt(rowOf(state.at) + arrow[0], columnOf(state.at) + arrow[1])
    return nothing(at ? standAt(state, at) : state)
  }
  switch (key) {
    case '+':
      return nothing({ ...state, pending: { kind: 'tens' } })
    case '-':
      return nothing({ ...state, pending: { kind: 'minus' } })
    case '=':
      return nothing({ ...state, measure: state.measure === 'depth' ? 'margin' : 'depth', last: undefined })
    case '.':
      return again(state)
    case '/':
      return several(state, [...state.macro].map(Number))
    case 'Backspace':
      return erase(state)
    case 'Mod+Z':
      return undo(state)
    case 'X':
      return skip(state)
    case 'M':
      return nothing({ ...state, pending: { kind: 'mobility' } })
    case 'F':
      return entrancesOf(state.at.tooth).length
        ? nothing({ ...state, pending: { kind: 'furcation' } })
        : nothing(state, 'no_furcation')
    case 'G':
      return nothing({ ...state, pending: { kind: 'goto', typed: '' } })
    case 'PageDown':
    case 'PageUp':
      return nothing(standAt(state, nextTooth(state.path, state.at, key === 'PageDown' ? 1 : -1)))
    default:
      return { state, edits: [], known: false }
  }
}

/** What was pasted, `3b2 3`: figures and signs as if they were typed, taken back as one. */
export function paste(state: Probing, text: string): Pressed {
  let now: Pressed = { state, edits: [], known: true }
  for (const key of text.toUpperCase().replace(/[\s,;|]+/g, '')) {
    const next = press(now.state, key)
    now = { ...next, edits: [...now.edits, ...next.edits], trouble: next.known ? next.trouble : 'unknown' }
    if (now.trouble) break
  }
  return together(state, now)
}
