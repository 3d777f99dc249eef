import { needWords } from '@chairside/i18n'
import { type ComponentType, useEffect, useState } from 'react'

const AFTER_FIRST_PAINT = 1_500
const AGAIN = 3_000

/**
 * A part that seldom shows, with its words: fetched when it is wanted, or else once the first screen is there, so that it does
 * not need the network in the moment in which it does. Not React.lazy: a suspended part would hide the page around it.
 */
export function useLater<P>(wanted: boolean, load: () => Promise<{ default: ComponentType<P> }>) {
  const [part, setPart] = useState<{ Part: ComponentType<P> }>()
  useEffect(() => {
    if (part) return
    const fetch = () =>
      Promise.all([load(), needWords('security'), needWords('refusals')]).then(
        ([module]) => setPart({ Part: module.default }),
        () => {
          timer = setTimeout(fetch, AGAIN)
        },
      )
    let timer = setTimeout(fetch, wanted ? 0 : AFTER_FIRST_PAINT)
    return () => clearTimeout(timer)
  }, [wanted, part])
  return part?.Part
}
