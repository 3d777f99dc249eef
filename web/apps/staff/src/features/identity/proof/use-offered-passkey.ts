import type { Session } from '@chairside/api'
import { useEffect, useRef } from 'react'
import { askPasskey, signInBy } from '@/lib/by-passkey'
import { forgetPasskeys, offersPasskeys, signed } from '@/lib/passkeys'

const LIFE = 4 * 60_000 // of a challenge, and a minute to spare

/** The browser's own list under the field of the e-mail address offers passkeys, too, where it can. */
export function useOfferedPasskey(onDone: (session: Session) => void) {
  const done = useRef(onDone)
  done.current = onDone
  useEffect(() => {
    let gone = false
    let again = 0
    async function offer() {
      if (gone || !(await offersPasskeys())) return
      try {
        const challenge = await askPasskey()
        if (gone) return
        again = window.setTimeout(offer, LIFE)
        const passkey = await signed(challenge, { mediation: 'conditional' })
        done.current(await signInBy(passkey))
      } catch {
        // Nobody asked for it, so nobody is told: the button says what goes wrong.
      }
    }
    void offer()
    return () => {
      gone = true
      clearTimeout(again)
      forgetPasskeys()
    }
  }, [])
}
