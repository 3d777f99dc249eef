import { Refused } from '@chairside/api'
import { useRef, useState } from 'react'
import { changesOf, meet } from './meet'

type Over<T extends { version: number }, F extends object> = {
  /** As it was when the form was opened: a later read must not move the ground under what is typed. */
  opened: T
  factsOf: (thing: T) => F
  /** As the server has it now. */
  read: () => Promise<T>
  write: (changes: Partial<F>, version: number) => Promise<T>
}
/** `back` puts what was kept as it was before, over the version that this made. */
type Saved<T, F> = { kept?: T; back?: () => Promise<T>; theirs?: Partial<F> }

export const isStale = (error: unknown) => error instanceof Refused && error.problem.status === 412

/**
 * Saves what was changed in a form, over what somebody else may have changed meanwhile. Their changes of other fields stay.
 * Where both changed the same field nothing is sent: `theirs` is what it says now, and saving again puts mine in its place.
 */
export function createOver<T extends { version: number }, F extends object>({ opened, factsOf, read, write }: Over<T, F>) {
  let [first, seen] = [opened, opened]
  return async function save(after: F): Promise<Saved<T, F>> {
    const mine = changesOf(factsOf(first), after)
    if (Object.keys(mine).length === 0) return {}
    const keep = async () => {
      const was = factsOf(seen)
      const before = Object.fromEntries(Object.keys(mine).map(name => [name, was[name as keyof F]])) as Partial<F>
      const kept = await write(mine, seen.version)
      first = seen = kept
      return { kept, back: () => write(before, kept.version) }
    }
    try {
      return await keep()
    } catch (error) {
      if (!isStale(error)) throw error
      const before = factsOf(seen)
      seen = await read()
      const now = factsOf(seen)
      const { conflicts } = meet(before, mine, now)
      if (conflicts.length === 0) return keep()
      return { theirs: Object.fromEntries(conflicts.map(name => [name, now[name]])) as Partial<F> }
    }
  }
}

/** For as long as the form is open. What reads and writes is the last render's: it may lean on what was chosen meanwhile. */
export function useOver<T extends { version: number }, F extends object>(over: Over<T, F>) {
  const last = useRef(over)
  last.current = over
  const { opened, factsOf } = over
  return useState(() =>
    createOver({
      opened,
      factsOf,
      read: () => last.current.read(),
      write: (changes, version) => last.current.write(changes, version),
    }),
  )[0]
}
