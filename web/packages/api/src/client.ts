import type { Change } from '@chairside/offline'
import createClient from 'openapi-fetch'
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

let ahead = 0
/** The server's clock, as its last answer showed it: this computer's may be wrong. */
export const serverNow = () => Date.now() + ahead

async function reach(request: Request): Promise<Response> {
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
  // Nothing typed is lost: whatever was asked waits for the sign-in and is asked again.
  if (response.status === 401 && signInAgain && !new URL(request.url).pathname.startsWith(`${BASE}/session`)) {
    await signInAgain()
    return reach(again)
  }
  if (refusal.problem.code === 'Suspended') shutOut?.()
  throw refusal
}

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

/** Sends a change; while there is no answer, sends it again under the same key. */
export async function deliver(change: Change, attempt = 1): Promise<unknown> {
  const path = change.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(change.params[name] ?? ''))
  const headers: Record<string, string> = { 'content-type': 'application/json', 'idempotency-key': change.key }
  if (change.version !== undefined) headers['if-match'] = `"${change.version}"`
  try {
    const body = change.body === undefined ? undefined : JSON.stringify(change.body)
    const response = await reach(new Request(origin + BASE + path, { method: change.method, headers, body }))
    return response.status === 204 ? undefined : await response.json()
  } catch (error) {
    if (!(error instanceof Unreachable || (isAway(error) && attempt < ATTEMPTS))) throw error
    // Offline it waits for the network; otherwise the server is given a little time.
    if (globalThis.navigator?.onLine === false) await online()
    else if (attempt === ATTEMPTS) throw error
    else await new Promise(resolve => setTimeout(resolve, (isAway(error) ? 1000 : 300) * attempt))
    return deliver(change, attempt + 1)
  }
}
