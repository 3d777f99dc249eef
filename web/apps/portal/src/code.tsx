import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { useCountdown } from './use'
import { useWords } from './words'

const AGAIN_AFTER = 30

type CodeProps = {
  number: string
  /** Which of the codes that were asked for, so that a new one begins anew. */
  turn: string
  busy: boolean
  send: string
  wrong: string
  onSay: (code: string) => void
  onAgain: () => void
  children?: ReactNode
}

/** Six digits of a text, which the phone offers to fill in by itself. */
export function Code({ number, turn, busy, send, wrong, onSay, onAgain, children }: CodeProps) {
  const { t } = useWords()
  const id = useId()
  const [code, write] = useState('')
  const left = useCountdown(AGAIN_AFTER, turn)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.length === 6) onSay(code)
    else document.getElementById(id)?.focus()
  }
  return (
    <form onSubmit={submit} noValidate>
      <p>{t('code.sent', { number: `\u2066${number}\u2069` })}</p>
      <div className="field">
        <label htmlFor={id}>{t('code.label')}</label>
        <input
          id={id}
          className="code"
          value={code}
          onChange={event => write(event.target.value.replace(/\D/g, '').slice(0, 6))}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9]*"
          dir="ltr"
          required
          aria-invalid={Boolean(wrong)}
          aria-describedby={wrong ? `${id}-wrong` : undefined}
        />
        {wrong && (
          <p id={`${id}-wrong`} className="wrong" role="alert">
            {wrong}
          </p>
        )}
      </div>
      {children}
      <button type="submit" className="first" disabled={busy} aria-busy={busy}>
        {send}
      </button>
      <button type="button" className="second" disabled={busy || left > 0} onClick={onAgain}>
        {left > 0 ? t('code.againIn', { seconds: left }) : t('code.again')}
      </button>
    </form>
  )
}
