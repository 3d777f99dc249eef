/** A message as the build has read it: words alone, or a list of words, of a plural's figure (0) and of what is filled in. */
type Said = string | number | Part[]
/** What is filled in: its name; then what a tag holds, or its kind and the forms to choose from. */
type Part = string | number | Part[] | { [form: string]: Said }

/**
 * English as no language writes it: accented, forty percent longer and in brackets, with what is filled in left as it is. What is
 * cut off in it will be cut off in some real language; what stands without brackets came from no catalog.
 */
export function invented<T>(messages: T): T {
  return Object.fromEntries(
    Object.entries(messages as Record<string, string | Part[] | object>).map(([key, said]) => [
      key,
      typeof said === 'string' || Array.isArray(said) ? longer(said) : invented(said),
    ]),
  ) as T
}

const PLAIN = 'aeioucnsyzAEIOUCNS'
const ACCENTED = 'áéíóúçñšýžÁÉÍÓÚÇÑŠ'
const accented = (words: string) => [...words].map(letter => ACCENTED[PLAIN.indexOf(letter)] ?? letter).join('')

function longer(said: Said): Said {
  let letters = 0
  const told = inOther(said, words => {
    letters += words.match(/\p{L}|\s/gu)?.length ?? 0
    return accented(words)
  })
  const tail = `${'~'.repeat(Math.ceil(letters * 0.4))}⟧`
  return Array.isArray(told) ? ['⟦', ...told, tail] : `⟦${told}${tail}`
}

type Words = (words: string) => string

function inOther(said: Said, words: Words): Said {
  return Array.isArray(said)
    ? said.map(part => (Array.isArray(part) ? filled(part, words) : plain(part, words)))
    : plain(said, words)
}

function filled([name, ...rest]: Part[], words: Words): Part {
  return [name as string, ...rest.map(part => (Array.isArray(part) ? filled(part, words) : plain(part, words)))]
}

function plain<P extends Part>(part: P, words: Words): P
function plain(part: Part, words: Words): Part {
  if (typeof part === 'string') return words(part)
  if (typeof part !== 'object' || Array.isArray(part)) return part
  return Object.fromEntries(Object.entries(part).map(([form, said]) => [form, inOther(said, words)]))
}
