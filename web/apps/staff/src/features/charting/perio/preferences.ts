import { PATHS, type PathName } from '@chairside/dental/perio'
import { useState } from 'react'

type Liked = { path: PathName; macro: string }
const KEY = 'chairside.perio'

function read(): Liked {
  try {
    const { path, macro } = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    return { path: PATHS.includes(path) ? path : 'round', macro: /^\d{3}$/.test(macro) ? macro : '323' }
  } catch {
    return { path: 'round', macro: '323' }
  }
}

/** In which order somebody probes, kept by the browser like the other preferences. */
export function usePerioPreferences() {
  const [liked, set] = useState(read)
  const like = (change: Partial<Liked>) => {
    const next = { ...liked, ...change }
    set(next)
    try {
      localStorage.setItem(KEY, JSON.stringify(next))
    } catch {
      // Nothing is kept where nothing may be.
    }
  }
  return [liked, like] as const
}
