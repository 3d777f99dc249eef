/** Where the cursor goes by an arrow; it stays within the list. */
export const stepTo = (ids: readonly string[], at: string | undefined, by: number) =>
  ids[Math.min(Math.max(ids.indexOf(at ?? '') + by, 0), ids.length - 1)]

/** The row that is chosen, or else the first, and the way to others: their elements are called `{prefix}-{id}`. */
export function cursorOf<Row extends { id: string }>(
  items: readonly Row[],
  chosen: string | undefined,
  prefix: string,
  choose: (id: string) => void,
) {
  const at = items.find(one => one.id === chosen) ?? items[0]
  const go = (id: string | undefined) => {
    if (!id) return
    choose(id)
    document.getElementById(`${prefix}-${id}`)?.focus()
  }
  const ids = items.map(one => one.id)
  return { at, go, step: (by: number) => go(stepTo(ids, at?.id, by)) }
}
