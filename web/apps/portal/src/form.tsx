import { type FormEvent, type ReactNode, useId, useState } from 'react'
import type { PageShape } from './api'
import { FIELDS, type FieldName, NO_CHILD, readIn, type Who, type Wrong, writeIn, wrongIn } from './who'
import { useWords } from './words'

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

/** Three fields and a tick; whoever books for their child says the child's name, too. */
export function Details({ page, who, onChange, busy, send, refused, onSend, children }: DetailsProps) {
  const { t } = useWords()
  const id = useId()
  const [agreed, agree] = useState(false)
  const [tried, tell] = useState(false)
  const wrong: Wrong = tried ? wrongIn(page, who, agreed) : {}
  for (const name of FIELDS)
    if (refused.includes(`/${name}`))
      wrong[name] ??=
        name === 'mobile' ? 'problem.mobile' : name === 'child/birth_date' ? 'problem.birthDate' : 'problem.required'
  const submit = (event: FormEvent) => {
    event.preventDefault()
    tell(true)
    const found = wrongIn(page, who, agreed)
    const [first] = Object.keys(found)
    if (first) document.getElementById(`${id}-${first}`)?.focus()
    else onSend()
  }
  const field = (name: FieldName, label: string, more: object) => (
    <div className="field">
      <label htmlFor={`${id}-${name}`}>{label}</label>
      <input
        id={`${id}-${name}`}
        value={readIn(who, name)}
        onChange={event => onChange(writeIn(who, name, event.target.value))}
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
  const own = (
    <>
      {field('first_name', t('field.firstName'), { autoComplete: 'given-name' })}
      {field('last_name', t('field.lastName'), { autoComplete: 'family-name' })}
      {field('mobile', t('field.mobile'), { type: 'tel', inputMode: 'tel', autoComplete: 'tel', maxLength: 40, dir: 'ltr' })}
    </>
  )
  return (
    <form onSubmit={submit} noValidate>
      <fieldset className="whom">
        <legend className="sr">{t('forWhom')}</legend>
        {[false, true].map(child => (
          <label key={String(child)}>
            <input
              type="radio"
              name="whom"
              checked={Boolean(who.child) === child}
              onChange={() => onChange({ ...who, child: child ? (who.child ?? NO_CHILD) : undefined })}
            />
            {child ? t('forChild') : t('forMe')}
          </label>
        ))}
      </fieldset>
      {who.child ? (
        <>
          <fieldset>
            <legend>{t('theChild')}</legend>
            {field('child/first_name', t('field.firstName'), { autoComplete: 'off' })}
            {field('child/last_name', t('field.lastName'), { autoComplete: 'off' })}
            {page.asks_birth_date && field('child/birth_date', t('field.birthDate'), { type: 'date', autoComplete: 'off' })}
          </fieldset>
          <fieldset>
            <legend>{t('you')}</legend>
            {own}
          </fieldset>
        </>
      ) : (
        own
      )}
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
