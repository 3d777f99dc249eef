/** What somebody says, or types into a line, as the keys that mean the same; pure, and of no recogniser. */
export type PerioCommand =
  | { kind: 'keys'; keys: string[] }
  | { kind: 'goto'; tooth: string }
  | { kind: 'bleeding_all' }
  | { kind: 'pause' }
  | { kind: 'resume' }
  | { kind: 'unknown'; word: string }

/** Words of a language: several for one thing, in lower case, parted by `|`. */
export type PerioWords = Record<
  | 'bleeding'
  | 'suppuration'
  | 'plaque'
  | 'calculus'
  | 'recession'
  | 'mobility'
  | 'furcation'
  | 'buccal'
  | 'lingual'
  | 'mesial'
  | 'distal'
  | 'skip'
  | 'undo'
  | 'back'
  | 'next'
  | 'tooth'
  | 'again'
  | 'all'
  | 'pause'
  | 'resume',
  string
> & { figures: readonly string[] }

const KEYS = {
  bleeding: ['B'],
  suppuration: ['S'],
  plaque: ['P'],
  calculus: ['C'],
  recession: ['-'],
  mobility: ['M'],
  furcation: ['F'],
  skip: ['X'],
  undo: ['Mod+Z'],
  back: ['Backspace'],
  next: ['PageDown'],
  again: ['.'],
} as const
const SIDES = { buccal: 'B', lingual: 'L', mesial: 'M', distal: 'D' } as const

const folded = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()

/** "three two three bleeding", "tooth 14", "bleeding all", "furcation buccal two", "undo", "pause". */
export function parsePerioUtterance(text: string, words: PerioWords): PerioCommand[] {
  const figures = new Map(words.figures.flatMap((said, at) => said.split('|').map(one => [folded(one), at] as const)))
  const meaning = new Map(
    Object.entries(words).flatMap(([name, said]) =>
      typeof said === 'string' ? said.split('|').map(one => [folded(one), name] as const) : [],
    ),
  )
  const said = folded(text)
    .split(/[\s,.;:-]+/)
    .filter(Boolean)
  const commands: PerioCommand[] = []
  const keys = (...more: string[]) => {
    const last = commands.at(-1)
    if (last?.kind === 'keys') last.keys.push(...more)
    else commands.push({ kind: 'keys', keys: more })
  }
  const numberAt = (at: number) => {
    const word = said[at]
    return word === undefined ? undefined : /^\d+$/.test(word) ? Number(word) : figures.get(word)
  }
  for (let at = 0; at < said.length; at += 1) {
    const word = said[at] as string
    const number = numberAt(at)
    const name = meaning.get(word)
    if (number !== undefined) {
      // "323" is three sites, "12" said as one word is twelve millimetres.
      if (/^\d{3,}$/.test(word)) keys(...word)
      else if (number <= 9) keys(`${number}`)
      else if (number <= 19) keys('+', `${number - 10}`)
      else if (/^\d+$/.test(word)) keys(...word)
      else commands.push({ kind: 'unknown', word })
    } else if (name === 'tooth') {
      const [first, second] = [numberAt(at + 1), numberAt(at + 2)]
      const two = first !== undefined && first <= 9 && second !== undefined && second <= 9
      if (first === undefined) commands.push({ kind: 'unknown', word })
      else commands.push({ kind: 'goto', tooth: two ? `${first}${second}` : `${first}` })
      at += first === undefined ? 0 : two ? 2 : 1
    } else if (name === 'bleeding' && meaning.get(said[at + 1] ?? '') === 'all') {
      commands.push({ kind: 'bleeding_all' })
      at += 1
    } else if (name === 'pause' || name === 'resume') commands.push({ kind: name })
    else if (name && name in SIDES) keys(SIDES[name as keyof typeof SIDES])
    else if (name && name in KEYS) keys(...KEYS[name as keyof typeof KEYS])
    else if (/^[bspcxmf.]+$/.test(word) || /^[\dbspcx]+$/.test(word)) keys(...word.toUpperCase())
    else commands.push({ kind: 'unknown', word })
  }
  return commands
}
