import type { Typed } from '@chairside/api'
import { useRef } from 'react'
import { send } from './server'

/**
 * Sends, and remembers under which key: the same act asked again from the same dialog (no answer came, somebody pressed
 * twice) leaves under the same key, so that it takes effect once.
 */
export function useOnce() {
  const keys = useRef(new Map<string, string>())
  return <A>(change: Typed<A>): Promise<A> => {
    const act = JSON.stringify([change.method, change.path, change.params, change.body])
    const key = keys.current.get(act) ?? change.key
    keys.current.set(act, key)
    return send({ ...change, key })
  }
}
