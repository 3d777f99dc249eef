import { change, onRefusal } from '@chairside/api'
import { rememberFocus } from '@chairside/ui'
import { useSyncExternalStore } from 'react'
import { queryClient, send } from './server'
import { lookAtSession, sessionQuery } from './session'

/**
 * A locked screen: nothing of what lies under it can be read, by nobody and by no screen reader, and everything of it stays as it
 * was. One lock for all tabs of a browser, as they share their session.
 */
let locked: PromiseWithResolvers<boolean> | undefined
let giveBack: (() => void) | undefined
const listeners = new Set<() => void>()
const tabs = new BroadcastChannel('chairside.lock')

function show() {
  document.documentElement.toggleAttribute('data-locked', !!locked)
  for (const listener of listeners) listener()
}

function cover() {
  if (!locked) {
    giveBack = rememberFocus()
    locked = Promise.withResolvers()
  }
  show()
  return locked.promise
}

function lift() {
  locked?.resolve(true)
  locked = undefined
  show()
  giveBack?.()
  giveBack = undefined
}

/** At once on the screen, then on the server: until it is unlocked nothing is answered. */
export async function lock() {
  if (locked) return
  void cover()
  tabs.postMessage('locked')
  queryClient.setQueryData(sessionQuery.queryKey, await send(change('post', '/session/lock', { params: {}, touches: [] })))
}

export async function unlock(pin: string) {
  const session = await send(change('post', '/session/unlocking', { params: {}, body: { pin }, touches: [] }))
  queryClient.setQueryData(sessionQuery.queryKey, session)
}

/** The server answers again, here and in the other tabs. */
export function unlocked() {
  lift()
  tabs.postMessage('unlocked')
}

// What is asked of a locked session waits, and is asked again.
onRefusal('SessionLocked', cover)
tabs.addEventListener('message', ({ data }) => {
  if (data === 'locked') void cover()
  // Another tab says so; the server knows.
  else void lookAtSession().then(session => session && !session.locked && lift())
})

const listen = (listener: () => void) => {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
export const useLocked = () => useSyncExternalStore(listen, () => !!locked)
