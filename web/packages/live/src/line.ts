import { type Frame, framesOf } from './frames'

/** `live`: whatever happens is heard. `reconnecting`: in a moment. `offline`: not for now. */
export type State = 'live' | 'reconnecting' | 'offline'

/** Asks for the stream after a position. Throws what the server refuses with; `status` of it tells whether to try again. */
export type Open = (after: string, signal: AbortSignal) => Promise<Response>

type Held = {
  open: Open
  /** The position to begin after, as it is known when the line is (re)opened. */
  position: () => string
  onFrame: (frame: Frame) => void
  onState: (state: State) => void
  signal: AbortSignal
}

const SILENT = 40_000 // the server gives a sign of life every 15 seconds
const LONGEST = 20_000
const CROWDED = 60_000
const PATIENT = 3 // attempts before it is called offline

/** So many failures on: longer each time, and never all desks in the same moment. */
export const pauseAfter = (failures: number, chance = Math.random()) =>
  Math.min(LONGEST, 400 * 2 ** Math.min(failures, 8)) * (0.5 + chance / 2)

/** Holds a line to the server until `signal` says that it is enough: opens it, listens, opens it again where it broke. */
export async function holdLine({ open, position, onFrame, onState, signal }: Held) {
  let failures = 0
  while (!signal.aborted) {
    const line = new AbortController()
    const hangUp = () => line.abort()
    signal.addEventListener('abort', hangUp)
    let silence = setTimeout(hangUp, SILENT)
    let pause: number | undefined
    try {
      const { body } = await open(position(), line.signal)
      for await (const frame of framesOf(body as ReadableStream<Uint8Array>)) {
        clearTimeout(silence)
        silence = setTimeout(hangUp, SILENT)
        if (frame.name === 'open') {
          failures = 0
          onState('live')
        }
        const why = frame.name === 'end' ? JSON.parse(frame.data).why : undefined
        if (why) pause = why === 'too_many' ? CROWDED : pauseAfter(0)
        if (!why || why === 'signed_out') onFrame(frame)
      }
    } catch (error) {
      // A clinic that one no longer belongs to does not come back by asking.
      const { status = 0 } = (error as { problem?: { status?: number } }).problem ?? {}
      if (status === 403 || status === 404) return onState('offline')
    } finally {
      clearTimeout(silence)
      signal.removeEventListener('abort', hangUp)
    }
    if (signal.aborted) return
    failures++
    onState(navigator.onLine === false || failures > PATIENT ? 'offline' : 'reconnecting')
    await sooner(pause ?? pauseAfter(failures), signal)
  }
}

/** So long, or until the network is back, or somebody looks at the page again. */
function sooner(milliseconds: number, signal: AbortSignal) {
  return new Promise<void>(resolve => {
    const done = () => {
      clearTimeout(timer)
      removeEventListener('online', done)
      document.removeEventListener('visibilitychange', seen)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const seen = () => document.visibilityState === 'visible' && done()
    const timer = setTimeout(done, milliseconds)
    addEventListener('online', done)
    document.addEventListener('visibilitychange', seen)
    signal.addEventListener('abort', done)
  })
}
