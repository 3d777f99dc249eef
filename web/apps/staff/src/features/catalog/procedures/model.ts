import type { Procedure } from '@chairside/api'

const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()

/** By how the code begins or any part of the name, whatever its marks; and of one category. */
export function matching(all: Procedure[], q: string, category: string): Procedure[] {
  const wanted = fold(q.trim())
  return all.filter(
    one => (!category || one.category === category) && (fold(one.code).startsWith(wanted) || fold(one.name).includes(wanted)),
  )
}
