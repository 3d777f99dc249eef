import type { Change } from '@chairside/offline'
import createClient from 'openapi-fetch'
import { endLooking, lookingAt } from './looking'
import { BASE, type Paths } from './paths'
import { isAway, Refused, Unreachable } from './problem'
import { isAsked, UNASKED } from './unasked'

/** Asked when the session has ended in the middle of work; resolves when the person is signed in again. */
let signInAgain: (() => Promise<void>) | undefined
export const onSignedOut = (ask: typeof signInAgain) => {
  signInAgain = ask
}

/** Told when whoever works here may not any more. */
let shutOut: (() => void) | undefined
export const onShutOut = (tell: typeof shutOut) => {
  shutOut = tell
}

type Remedy = (refusal: Refused) => Promise<boolean>
const remedies = new Map<string, Remedy>()
/** What to do, from now on, when anything is refused with this code, before it is asked again; false: it stays refused. */
export const onRefusal = (code: string, remedy: Remedy) => void remedies.set(code, remedy)

let ahead = 0
/** The server's clock, as its last answer showed it: this computer's may be wrong. */
export const serverNow = () => Date.now() + ahead

async function reach(request: Request, twice = false): Promise<Response> {
  const { pathname } = new URL(request.url)
  const looking = lookingAt(pathname)
  if (looking) request.headers.set('x-see-as', looking.role)
  const again = request.clone()
  const response = await fetch(request).catch(cause => {
    throw new Unreachable('', { cause })
  })
  const date = Date.parse(response.headers.get('date') ?? '')
  if (date) ahead = date - Date.now()
  if (response.ok) return response
  if (!response.headers.get('content-type')?.startsWith('application/problem+json'))
    throw new Unreachable(response.headers.get('x-request-id') ?? '')
  const refusal = new Refused(await response.json())
  const { code } = refusal.problem
  if (!pathname.startsWith(`${BASE}/session`)) {
    if (code === 'NotSignedIn' && signInAgain) {
      // Whoever proved meanwhile that it is them, here or in another tab, has a new cookie; this left with the old one.
      if (!twice && (await isSignedIn())) return reach(again, true)
      // Nothing typed is lost: whatever was asked waits for the sign-in and is asked again.
      await signInAgain()
      return reach(again)
    }
    if (await remedies.get(code)?.(refusal)) return reach(again)
  }
  if (code === 'Suspended') shutOut?.()
  // The role that was looked as is gone, or may not be looked as any more: nothing could be shown.
  if (looking && pathname === `${BASE}/clinics/${looking.clinic}`) endLooking(location.href)
  throw refusal
}

const isSignedIn = () =>
  fetch(`${origin + BASE}/session`, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )

const origin = globalThis.location?.origin ?? 'http://localhost'
const reader = createClient<Paths>({ baseUrl: origin + BASE, fetch: reach })

/** Reads. A refusal is thrown, so what comes back is the answer. */
export const get = ((path: string, init?: { headers?: Record<string, string> }) => {
  const read = reader.GET as unknown as (path: string, init?: object) => unknown
  return read(path, isAsked() ? init : { ...init, headers: { ...init?.headers, ...UNASKED } })
}) as unknown as typeof reader.GET

/** A stream of what happens, for as long as `signal` lets it: `Last-Event-ID` in the headers goes on where another ended. */
export const listen = (path: string, headers: Record<string, string>, signal: AbortSignal) =>
  reach(new Request(origin + BASE + path, { headers, signal, cache: 'no-store' }))

/** A question too long for an address: a POST that changes nothing. */
export const ask: typeof reader.POST = reader.POST

const ATTEMPTS = 3
const online = () => new Promise(resolve => addEventListener('online', resolve, { once: true }))

/** Sends a change; while there is no answer, sends it again under the same key, unless that would be a second change. */
export async function deliver(change: Change, attempt = 1): Promise<unknown> {
  const path = change.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(change.params[name] ?? ''))
  const query = change.query ? `?${new URLSearchParams(change.query)}` : ''
  const headers: Record<string, string> = { 'content-type': 'application/json', 'idempotency-key': change.key }
  if (change.version !== undefined) headers['if-match'] = `"${change.version}"`
  try {
    const body = change.body === undefined ? undefined : JSON.stringify(change.body)
    const response = await reach(new Request(origin + BASE + path + query, { method: change.method, headers, body }))
    return response.status === 204 ? undefined : await response.json()
  } catch (error) {
    if (change.secret || !(error instanceof Unreachable || (isAway(error) && attempt < ATTEMPTS))) throw error
    // Offline it waits for the network; otherwise the server is given a little time.
    if (globalThis.navigator?.onLine === false) await online()
    else if (attempt >= ATTEMPTS) throw error
    else await new Promise(resolve => setTimeout(resolve, (isAway(error) ? 1000 : 300) * attempt))
    return deliver(change, attempt + 1)
  }
}
