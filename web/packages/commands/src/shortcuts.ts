/** A command that has keys. `page` says where it can be given: two commands may share their keys when no page has both. */
export type Shortcut = { keys: string; page: string; fixed?: boolean }
export type Shortcuts = Record<string, Shortcut>
/** What a person has chosen instead, by command; an empty text for no keys at all. */
export type Chosen = Record<string, string>

export const EVERYWHERE = 'everywhere'

export const keysOf = (shortcuts: Shortcuts, chosen: Chosen, id: string): string | undefined => {
  const shortcut = shortcuts[id]
  return (shortcut?.fixed ? shortcut.keys : (chosen[id] ?? shortcut?.keys)) || undefined
}

/** Either cannot be struck without the other: they are the same, or one begins like the other. */
const meet = (one: string, other: string) => `${one} `.startsWith(`${other} `) || `${other} `.startsWith(`${one} `)

/** The commands that these keys would be in the way of. */
export function conflictsOf(shortcuts: Shortcuts, chosen: Chosen, id: string, keys: string): string[] {
  const page = shortcuts[id]?.page
  return Object.keys(shortcuts).filter(other => {
    const theirs = keysOf(shortcuts, chosen, other)
    const theirPage = shortcuts[other]?.page
    return other !== id && theirs && meet(keys, theirs) && (page === theirPage || page === EVERYWHERE || theirPage === EVERYWHERE)
  })
}
