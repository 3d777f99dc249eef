import { useState } from 'react'

/** Options of a read that is asked again whenever a screen opens, however short ago it was answered. */
export const ANEW = { refetchOnMount: 'always' } as const

type Read = { isFetchedAfterMount: boolean; isFetching: boolean; isSuccess: boolean }

/**
 * Whether all of these were answered since the component opened; undefined while it is not known what is to be read. It stays
 * true from then on: a form must not go away under somebody's hands when the same is read again.
 */
export function useReadAnew(reads: Read[] | undefined) {
  const [anew, setAnew] = useState(false)
  const now = !!reads?.every(read => read.isSuccess && read.isFetchedAfterMount && !read.isFetching)
  if (now && !anew) setAnew(true)
  return anew || now
}
