import { Refused } from '@chairside/api'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { isKnownHere, isPutAway } from '@/lib/passkeys'
import { useRefusalWords } from '@/lib/problem-words'

/** Runs what asks the browser for a passkey; whoever puts the question away is told nothing. */
export function usePasskey(go: () => Promise<unknown>) {
  const t = useTranslations('security')
  const states = useTranslations('states')
  const words = useRefusalWords()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const wordsOf = (error: unknown) => {
    if (isPutAway(error)) return undefined
    if (isKnownHere(error)) return t('passkeyHere')
    if (error instanceof DOMException) return t('passkeyFailed')
    return error instanceof Refused ? words(error.problem) : states('unreachable')
  }
  return {
    busy,
    trouble,
    async run() {
      if (busy) return
      setBusy(true)
      setTrouble(undefined)
      await go()
        .catch(error => setTrouble(wordsOf(error)))
        .finally(() => setBusy(false))
    },
  }
}
