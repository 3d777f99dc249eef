import { onSignedOut, type Session, serverNow } from '@chairside/api'
import { useEffect, useRef, useState } from 'react'
import { useLater } from '@/lib/later'
import { useLocked } from '@/lib/lock'
import { lookAtSession, stay, useSession } from '@/lib/session'

const WARNING = 60_000
const LONGEST = 2 ** 31 - 1 // of a timer
const extendable = ({ idle_expires_at, expires_at }: Session) => Date.parse(idle_expires_at) < Date.parse(expires_at)
const endOf = (session: Session) => Math.min(Date.parse(session.expires_at), Date.parse(session.idle_expires_at))

/**
 * Looks after the session while someone works: a minute before it would end it asks, unless a key was struck in that
 * minute; when it has ended it asks for the password over the page, and whatever was being sent waits for it.
 */
export function SessionWatch() {
  const session = useSession()
  const [asking, setAsking] = useState<'still-there' | 'password'>()
  const acted = useRef(0)
  const waiting = useRef<PromiseWithResolvers<void>>(undefined)

  useEffect(() => {
    onSignedOut(() => {
      waiting.current ??= Promise.withResolvers()
      setAsking('password')
      return waiting.current.promise
    })
    const act = () => {
      acted.current = Date.now()
    }
    const acts = ['keydown', 'pointerdown'] as const
    for (const name of acts) window.addEventListener(name, act, true)
    return () => {
      onSignedOut(undefined)
      for (const name of acts) window.removeEventListener(name, act, true)
    }
  }, [])

  const locked = useLocked()
  const back = () => {
    setAsking(undefined)
    waiting.current?.resolve()
    waiting.current = undefined
  }
  // Whoever unlocked the screen by signing in again need not do it twice.
  useEffect(() => {
    if (!locked && waiting.current) void lookAtSession().then(session => session && back())
  }, [locked])

  const ends = endOf(session)
  const [looked, look] = useState(0)
  useEffect(() => {
    if (asking === 'password' || locked) return
    const check = async () => {
      // Acts in this or another tab have moved the end: the server knows. Asking it is not an act.
      const now = await lookAtSession().catch(() => session)
      if (!now || endOf(now) <= serverNow()) return setAsking('password')
      if (endOf(now) - serverNow() > WARNING) setAsking(undefined)
      else if (extendable(now) && Date.now() - acted.current < WARNING) await stay().catch(() => setAsking('still-there'))
      else setAsking('still-there')
      look(count => count + 1)
    }
    const left = ends - serverNow()
    const timer = setTimeout(check, asking ? Math.min(10_000, left) : Math.min(Math.max(1_000, left - WARNING), LONGEST))
    return () => clearTimeout(timer)
  }, [session, ends, asking, looked, locked])

  const SignInAgain = useLater(asking === 'password', () => import('./sign-in-again'))
  const StillThere = useLater(asking === 'still-there', () => import('./still-there'))
  if (locked) return null
  if (asking === 'password')
    return SignInAgain ? (
      <SignInAgain principal={session.principal} onDone={back} />
    ) : (
      <div aria-hidden className="fixed inset-0 z-40 bg-muted" />
    )
  if (asking === 'still-there' && StillThere)
    return <StillThere ends={ends} extendable={extendable(session)} onStay={() => stay().then(() => setAsking(undefined))} />
  return null
}
