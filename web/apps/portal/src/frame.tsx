import { type ReactNode, useEffect, useRef } from 'react'
import { useOnline } from './use'
import { offered, useWords } from './words'

type FrameProps = { name: string; title: string; onBack?: () => void; phone?: string | null; children: ReactNode }

/** A step: where one is, whose page it is, and its way back. The heading has the focus when the step is new. */
export function Frame({ name, title, onBack, phone, children }: FrameProps) {
  const { t, locale, speak } = useWords()
  const online = useOnline()
  const heading = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: with every new title
  useEffect(() => heading.current?.focus(), [title])
  return (
    <div className="page">
      <header>
        {onBack ? (
          <button type="button" className="back" onClick={onBack} aria-label={t('back')}>
            <svg viewBox="0 0 24 24" aria-hidden="true">
              <path d="M15 5l-7 7 7 7" />
            </svg>
          </button>
        ) : (
          <span className="back" />
        )}
        <p className="name">{name}</p>
        <select aria-label={t('language')} value={locale} onChange={event => speak(event.target.value as typeof locale)}>
          {offered.map(one => (
            <option key={one.locale} value={one.locale} lang={one.locale}>
              {one.name}
            </option>
          ))}
        </select>
      </header>
      {!online && (
        <p role="status" className="note warn">
          {t('offline')}
        </p>
      )}
      <main>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {children}
      </main>
      {phone && (
        <footer>
          <a className="quiet" href={`tel:${phone.replace(/[^\d+]/g, '')}`}>
            {t('call', { phone: `\u2066${phone}\u2069` })}
          </a>
        </footer>
      )}
    </div>
  )
}

export function Loading() {
  const { t } = useWords()
  return (
    <div className="loading" role="status">
      <span className="sr">{t('loading')}</span>
      <i />
      <i />
      <i />
    </div>
  )
}

export function Failed({ words, onAgain }: { words: string; onAgain?: () => void }) {
  const { t } = useWords()
  return (
    <div role="alert" className="note bad">
      <p>{words}</p>
      {onAgain && (
        <button type="button" className="second" onClick={onAgain}>
          {t('again')}
        </button>
      )}
    </div>
  )
}
