import type { Problem } from '@chairside/api'
import { Banner } from '@chairside/ui'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'

/** How many seconds nobody may guess, counted down. */
export function useWait() {
  const [until, setUntil] = useState(0)
  const [left, setLeft] = useState(0)
  useEffect(() => {
    if (!until) return
    const count = () => setLeft(Math.max(0, Math.ceil((until - Date.now()) / 1000)))
    count()
    const timer = setInterval(count, 500)
    return () => clearInterval(timer)
  }, [until])
  return {
    left,
    /** True when this was why it was refused. */
    taken({ code, facts }: Problem) {
      if (code !== 'TooManyGuesses') return false
      setUntil(Date.now() + Number(facts?.seconds ?? 60) * 1000)
      return true
    },
  }
}

/** Nothing while there is nothing to wait for. Read out once, not every second. */
export function Wait({ left, passkey }: { left: number; passkey: boolean }) {
  const t = useTranslations('security')
  if (!left) return null
  const clock = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`
  return (
    <Banner tone="warn" title={t('tooMany')}>
      <p>
        {t.rich('tooManyAbout', {
          clock: () => (
            <bdi role="timer" className="font-medium tabular-nums">
              {clock}
            </bdi>
          ),
        })}{' '}
        {passkey && t('passkeyStill')}
      </p>
    </Banner>
  )
}
