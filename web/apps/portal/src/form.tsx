import { type FormEvent, type ReactNode, useId, useState } from 'react'
import type { PageShape } from './api'
import { useWords } from './words'

export type Who = { first_name: string; last_name: string; mobile: string }
export const NOBODY: Who = { first_name: '', last_name: '', mobile: '' }
type Wrong = Partial<Record<keyof Who | 'consent', 'problem.required' | 'problem.mobile' | 'problem.consent'>>

const wrongIn = (who: Who, agreed: boolean): Wrong => ({
  ...(!who.first_name.trim() && { first_name: 'problem.required' }),
  ...(!who.last_name.trim() && { last_name: 'problem.required' }),
  ...((who.mobile.match(/\d/g) ?? []).length < 6 && { mobile: 'problem.mobile' }),
  ...(!agreed && { consent: 'problem.consent' }),
})

type DetailsProps = {
  page: PageShape
  who: Who
  onChange: (who: Who) => void
  busy: boolean
  send: string
  /** What the server did not take. */
  refused: string[]
  onSend: () => void
  children?: ReactNode
}

/** Three fields and a tick. */
export function Details({ page, who, onChange, busy, send, refused, onSend, children }: DetailsProps) {
  const { t } = useWords()
  const id = useId()
  const [agreed, agree] = useState(false)
  const [tried, tell] = useState(false)
  const wrong: Wrong = tried ? wrongIn(who, agreed) : {}
  if (refused.includes('/mobile')) wrong.mobile ??= 'problem.mobile'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    tell(true)
    const found = wrongIn(who, agreed)
    const [first] = Object.keys(found)
    if (first) document.getElementById(`${id}-${first}`)?.focus()
    else onSend()
  }
  const field = (name: keyof Who, label: string, more: object) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        value={who[name]}
        onChange={event => onChange({ ...who, [name]: event.target.value })}
        aria-invalid={Boolean(wrong[name])}
        aria-describedby={wrong[name] ? `${id}-${name}-wrong` : undefined}
        required
        maxLength={100}
        {...more}
      />
      {wrong[name] && (
        <p id={`${id}-${name}-wrong`} className="wrong">
          {t(wrong[name])}
        </p>
      )}
    </div>
  )
  return (
    <form onSubmit={submit} noValidate>
      {field('first_name', t('field.firstName'), { autoComplete: 'given-name' })}
      {field('last_name', t('field.lastName'), { autoComplete: 'family-name' })}
      {field('mobile', t('field.mobile'), { type: 'tel', inputMode: 'tel', autoComplete: 'tel', maxLength: 40, dir: 'ltr' })}
      <div className="tick">
        <input
          id={`${id}-consent`}
          type="checkbox"
          checked={agreed}
          onChange={event => agree(event.target.checked)}
          aria-invalid={Boolean(wrong.consent)}
          aria-describedby={wrong.consent ? `${id}-consent-wrong` : undefined}
          required
        />
        <label htmlFor={`${id}-consent`}>{t('accept')}</label>
      </div>
      {wrong.consent && (
        <p id={`${id}-consent-wrong`} className="wrong">
          {t(wrong.consent)}
        </p>
      )}
      {page.policy && (
        <p className="quiet">
          <a href={page.policy.url} target="_blank" rel="noopener noreferrer">
            {page.policy.words ?? t('policy')}
          </a>
        </p>
      )}
      {children}
      <button type="submit" className="first" disabled={busy} aria-busy={busy}>
        {send}
      </button>
    </form>
  )
}
