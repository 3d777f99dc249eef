import { onShutOut } from '@chairside/api'
import { useEffect, useState } from 'react'
import { useLater } from '@/lib/later'

/** Over the page, from the moment in which the server says that whoever sits here may not come in any more. */
export function ShutOut() {
  const [out, setOut] = useState(false)
  useEffect(() => {
    onShutOut(() => setOut(true))
    return () => onShutOut(undefined)
  }, [])
  const Told = useLater(out, () => import('./shut-out-dialog'))
  return out && Told ? <Told /> : null
}
