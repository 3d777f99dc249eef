import { onRefusal } from '@chairside/api'
import { useEffect, useRef, useState } from 'react'
import { inside } from '@/lib/inside'
import { useLater } from '@/lib/later'
import { useLocked } from '@/lib/lock'

/** What the server may want to know before it goes on, asked over whatever is on the screen: once, however much is waiting for it. */
export function Guards({ onFactorWanted }: { onFactorWanted: (next: string) => void }) {
  // Whoever went to a provider to prove it and did not is told so where they come back to.
  const [proving, setProving] = useState(/proof=O/.test(location.search))
  const waiting = useRef<PromiseWithResolvers<boolean>>(undefined)
  useEffect(() => {
    onRefusal('StepUpNeeded', () => {
      waiting.current ??= Promise.withResolvers()
      setProving(true)
      return waiting.current.promise
    })
    // The clinic lets nobody in without: the page that it is on goes, and comes back when there is one.
    onRefusal('SecondFactorWanted', async () => {
      const next = inside(location.pathname + location.search)
      if (next) onFactorWanted(next)
      return false
    })
  }, [onFactorWanted])
  const locked = useLocked()
  const LockScreen = useLater(locked, () => import('./lock-screen'))
  const StepUp = useLater(proving, () => import('./step-up'))
  if (locked) return LockScreen ? <LockScreen /> : null
  if (!proving || !StepUp) return null
  return (
    <StepUp
      onDone={proved => {
        setProving(false)
        waiting.current?.resolve(proved)
        waiting.current = undefined
      }}
    />
  )
}
