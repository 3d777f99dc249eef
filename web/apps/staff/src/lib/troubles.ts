/** By field, what is wrong: a sentence that the form has for it, or else that it is blank and may not be. */
export function troublesOf(blank: Record<string, string>, found: Record<string, string | undefined> = {}) {
  const said = Object.entries(found).filter((one): one is [string, string] => !!one[1])
  return { ...blank, ...Object.fromEntries(said) }
}
