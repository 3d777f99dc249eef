type Ranked = { id: string; group: string; label: string }

/** How well a label answers what was typed: 3 as it begins, 2 as one of its words begins, 1 somewhere, 0 not at all. */
function fit(label: string, typed: string, fold: (text: string) => string) {
  const said = fold(label)
  if (said.startsWith(typed)) return 3
  if (said.split(/[^\p{L}\p{N}]+/u).some(word => word.startsWith(typed))) return 2
  // Every word that was typed, in any order.
  return typed.split(/\s+/).every(word => said.includes(word)) ? 1 : 0
}

/**
 * In the order in which they are offered. With nothing typed: what was used last, then what belongs to the thing on the screen,
 * then the rest, by the order of `groups`. With something typed: what answers it best, and among equals the same order.
 */
export function ranked<C extends Ranked>(
  commands: readonly C[],
  {
    typed,
    recent,
    groups,
    fold,
  }: { typed: string; recent: readonly string[]; groups: readonly string[]; fold: (text: string) => string },
): C[] {
  const wanted = fold(typed.trim())
  const place = (list: readonly string[], one: string) => list.indexOf(one) >>> 0
  return commands
    .map(command => ({ command, fits: wanted ? fit(command.label, wanted, fold) : 1 }))
    .filter(({ fits }) => fits > 0)
    .sort(
      (a, b) =>
        b.fits - a.fits ||
        place(recent, a.command.id) - place(recent, b.command.id) ||
        place(groups, a.command.group) - place(groups, b.command.group),
    )
    .map(({ command }) => command)
}
