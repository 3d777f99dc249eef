import { isRefused } from '@chairside/api'
import { Frame, Input } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { latin } from '@/lib/digits'
import { useFailureWords, useRefusalWords } from '@/lib/problem-words'

export const PIN = 6
export const digitsOf = (typed: string) => latin(typed).replace(/\D/g, '').slice(0, PIN)

/** Sent with its last digit: nobody presses anything. */
export function PinForm({ give }: { give: (pin: string) => Promise<unknown> }) {
  const t = useTranslations('security')
  const words = useFailureWords()
  const refusal = useRefusalWords()
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  async function send(pin: string) {
    setBusy(true)
    try {
      await give(pin)
    } catch (error) {
      setTrouble(isRefused(error, 'WrongPin') ? refusal(error.problem) : words(error))
      setPin('')
    } finally {
      setBusy(false)
    }
  }
  function type(typed: string) {
    if (busy) return
    const pin = digitsOf(typed)
    setPin(pin)
    if (pin) setTrouble(undefined)
    if (pin.length === PIN) void send(pin)
  }
  return (
    <div className="px-5 pt-4 pb-5">
      <Frame label={t('pin')} error={trouble} hint={t('pinHint')}>
        {wiring => (
          <Input
            {...wiring}
            type="password"
            dir="ltr"
            inputMode="numeric"
            autoComplete="off"
            value={pin}
            onChange={event => type(event.target.value)}
            autoFocus
            className="text-center text-xl tracking-[0.5em]"
          />
        )}
      </Frame>
      <span role="status" className="sr-only">
        {trouble}
      </span>
    </div>
  )
}
