/** What is typed into a note: slots to fill, codes after a slash, and how two texts differ. */

export type Selection = { start: number; end: number }
export type Brought = { id: string; code: string; name: string; from: 'template' | 'snippet' }

const SLOT = /\[\[[^[\]\n]*\]\]/g
const slots = (text: string): Selection[] =>
  [...text.matchAll(SLOT)].map(found => ({ start: found.index, end: found.index + found[0].length }))

/** The slot after the place one is at, or the one before it. */
export function nextSlot(text: string, at: Selection, back = false): Selection | undefined {
  const all = slots(text)
  return back ? all.findLast(slot => slot.end <= at.start) : all.find(slot => slot.start >= at.end)
}

export const slotsIn = (text: string) => slots(text).map(({ start, end }) => text.slice(start + 2, end - 2))

/** What was typed after a slash right before the caret: at the beginning or after a gap, so that 1/2 and and/or are not codes. */
export function codeBefore(text: string, caret: number): { code: string; start: number } | undefined {
  const found = /(^|\s)\/([\p{L}\p{N}]{0,12})$/u.exec(text.slice(0, caret))
  if (!found) return undefined
  const code = found[2] ?? ''
  return { code, start: caret - code.length - 1 }
}

/** Whose codes begin so, the nearest first; then those that are called so. One's own snippets come before others of the same code. */
export function matching(all: readonly Brought[], typed: string): Brought[] {
  const wanted = typed.toLowerCase()
  const begins = all.filter(one => one.code.startsWith(wanted))
  const called = all.filter(one => !one.code.startsWith(wanted) && one.name.toLowerCase().includes(wanted))
  return [...begins.sort((a, b) => a.code.length - b.code.length), ...(wanted ? called : [])].slice(0, 6)
}

/** The text with something put in the place of what is chosen, and where one goes on: at its first slot, or behind it. */
export function put(text: string, at: Selection, piece: string): { text: string; at: Selection } {
  const after = text.slice(0, at.start) + piece + text.slice(at.end)
  const end = { start: at.start + piece.length, end: at.start + piece.length }
  const slot = nextSlot(after, { start: at.start, end: at.start })
  return { text: after, at: slot && slot.start < end.end ? slot : end }
}

export type Piece = { text: string; as: 'same' | 'gone' | 'new' }

const MOST = 1500

/** Word by word; where a text is too long for that, line by line. */
export function difference(before: string, after: string): Piece[] {
  const words = (text: string) => text.match(/\s+|[^\s]+/g) ?? []
  let [a, b] = [words(before), words(after)] as [string[], string[]]
  if (a.length > MOST || b.length > MOST) [a, b] = [before.match(/.*\n?/g) ?? [], after.match(/.*\n?/g) ?? []]
  let first = 0
  while (first < a.length && first < b.length && a[first] === b[first]) first++
  let last = 0
  while (last < a.length - first && last < b.length - first && a[a.length - 1 - last] === b[b.length - 1 - last]) last++
  const middle = longest(a.slice(first, a.length - last), b.slice(first, b.length - last))
  return joined([
    ...a.slice(0, first).map((text): Piece => ({ text, as: 'same' })),
    ...middle,
    ...a.slice(a.length - last).map((text): Piece => ({ text, as: 'same' })),
  ])
}

/** By the longest common subsequence. */
function longest(a: string[], b: string[]): Piece[] {
  const wide = b.length + 1
  const lengths = new Uint32Array((a.length + 1) * wide)
  const of = (i: number, j: number) => lengths[i * wide + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * wide + j] = a[i] === b[j] ? of(i + 1, j + 1) + 1 : Math.max(of(i + 1, j), of(i, j + 1))
  const found: Piece[] = []
  let [i, j] = [0, 0]
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      found.push({ text: a[i] ?? '', as: 'same' })
      i++
      j++
    } else if (i < a.length && (j === b.length || of(i + 1, j) >= of(i, j + 1))) found.push({ text: a[i++] ?? '', as: 'gone' })
    else found.push({ text: b[j++] ?? '', as: 'new' })
  }
  return found
}

function joined(pieces: Piece[]): Piece[] {
  const found: Piece[] = []
  for (const piece of pieces) {
    const last = found.at(-1)
    if (last?.as === piece.as) last.text += piece.text
    else if (piece.text) found.push({ ...piece })
  }
  return found
}
