/**
 * English as no language writes it: accented, forty percent longer and in brackets, with what is filled in left as it is. What is
 * cut off in it will be cut off in some real language; what stands without brackets came from no catalog.
 */
export function invented<T>(messages: T): T {
  return Object.fromEntries(
    Object.entries(messages as object).map(([key, said]) => [
      key,
      typeof said === 'string' ? `⟦${longer(said)}⟧` : invented(said),
    ]),
  ) as T
}

const PLAIN = 'aeioucnsyzAEIOUCNS'
const ACCENTED = 'áéíóúçñšýžÁÉÍÓÚÇÑŠ'
const accented = (letter: string) => ACCENTED[PLAIN.indexOf(letter)] ?? letter

function longer(message: string) {
  let depth = 0
  let tag = false
  let letters = 0
  const said = [...message].map(letter => {
    if (letter === '{') depth++
    if (letter === '}') depth--
    if (letter === '<') tag = true
    // Names and kinds of what is filled in stand at odd depths, words at even ones.
    const word = depth % 2 === 0 && !tag && /\p{L}|\s/u.test(letter)
    if (letter === '>') tag = false
    if (word) letters++
    return word ? accented(letter) : letter
  })
  return said.join('') + '~'.repeat(Math.ceil(letters * 0.4))
}
