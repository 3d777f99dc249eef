import type { Frame } from './frames'
import { holdLine, type State } from './line'
import { memory } from './memory'

/** Something that happened in the clinic: names of things, and who did it. */
export type LiveEvent = {
  id: string
  type: string
  topic: string
  at: string
  actor_id: string | null
  ids: Record<string, string>
}

type Options = {
  /** Tabs of one browser that share a name share a line. */
  name: string
  /** After a position, or, without one, what the last so many seconds brought. */
  open: (after: string, lookback: number, signal: AbortSignal) => Promise<Response>
  onEvent: (event: LiveEvent) => void
  /** What was heard has a gap: everything shown must be read again. */
  onGap: () => void
  onState: (state: State) => void
  /** What the person may hear of is another than it was; or, `signed_out`, nothing any more. */
  onRights: () => void
}
type Said =
  | { kind: 'frame'; frame: Frame }
  | { kind: 'state'; state: State }
  | { kind: 'hello'; from: string; since: number }
  | { kind: 'welcome'; to: string; frames: Frame[]; position: string; state: State }

const FURTHEST = 60 // seconds that may be asked for

/**
 * One line to the server for all tabs of a browser: HTTP/1.1 allows six, and a desk has ten tabs open. Whoever holds the lock has
 * the line and tells the others; when that tab goes, the browser gives the lock to the next, which goes on from the last
 * position that it heard. What a tab had read before it could listen is covered by looking back to when it began.
 */
export function goLive({ name, open, onEvent, onGap, onState, onRights }: Options) {
  const me = crypto.randomUUID()
  const over = new AbortController()
  const channel = new BroadcastChannel(name)
  const began = performance.timeOrigin - 1_000
  const lately = memory(FURTHEST * 1_000)
  const known = new Set<string>()
  let position = ''
  let state: State = 'reconnecting'
  let leads = false

  const say = (said: Said) => channel.postMessage(said)

  function hear(frame: Frame) {
    if (frame.id) position = frame.id
    if (frame.name === 'resync') onGap()
    else if (frame.name === 'topics' || frame.name === 'end') onRights()
    else if (frame.name.includes('.')) {
      const event = JSON.parse(frame.data) as LiveEvent
      // The tab that had the line may have told it in its last moment.
      if (known.has(event.id)) return
      known.add(event.id)
      if (known.size > 2_000) known.delete(known.values().next().value as string)
      onEvent(event)
    }
  }
  function become(next: State) {
    state = next
    onState(next)
  }

  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data.kind === 'frame') hear(data.frame)
    else if (data.kind === 'state') become(data.state)
    else if (data.kind === 'welcome' && data.to === me) {
      for (const frame of data.frames) hear(frame)
      position = data.position
      become(data.state)
    } else if (data.kind === 'hello' && leads)
      say({ kind: 'welcome', to: data.from, frames: lately.since(data.since), position, state })
  }

  const lead = async () => {
    leads = true
    await holdLine({
      open: (after, signal) => open(after, Math.min(FURTHEST, Math.ceil((Date.now() - began) / 1_000)), signal),
      position: () => position,
      onFrame(frame) {
        lately.keep(frame)
        hear(frame)
        say({ kind: 'frame', frame })
      },
      onState(next) {
        become(next)
        say({ kind: 'state', state: next })
      },
      signal: over.signal,
    })
  }
  say({ kind: 'hello', from: me, since: began })
  // Without locks (a plain address in the house's own network) every tab has a line of its own.
  const turn = navigator.locks ? navigator.locks.request(name, { signal: over.signal }, lead) : lead()
  turn.catch(() => {})

  return () => {
    over.abort()
    channel.close()
  }
}
