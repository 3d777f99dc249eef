const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
const names = <F extends object>(facts: F | Partial<F>) => Object.keys(facts) as (keyof F)[]
const pick = <F extends object>(facts: Partial<F>, wanted: (keyof F)[]) =>
  Object.fromEntries(wanted.map(name => [name, facts[name]])) as Partial<F>

/** Only what is different from `before`: a field that nobody touched is not sent. */
export const changesOf = <F extends object>(before: F, after: F): Partial<F> =>
  pick(
    after,
    names(after).filter(name => !same(before[name], after[name])),
  )

/**
 * Two people changed one thing. What only one of them touched goes together by itself; what both changed differently is
 * listed, to be decided about.
 */
export function meet<F extends object>(before: F, mine: Partial<F>, theirs: F) {
  const changed = names<F>(mine).filter(name => !same(mine[name], theirs[name]))
  return {
    conflicts: changed.filter(name => !same(before[name], theirs[name])),
    rest: pick(
      mine,
      changed.filter(name => same(before[name], theirs[name])),
    ),
  }
}
