import { useCallback, useEffect, useState } from 'react'
import { linkOfVisit, type RequestShape, readRequest, withdrawRequest } from './api'
import { When, Where } from './done'
import { Failed, Frame, Loading } from './frame'
import { codeOf, said } from './trouble'
import { useOnce } from './use'
import { useTimes, useWords } from './words'

/** How a request stands, for whoever asked. Nothing is done until somebody taps. */
export function Asked({ token }: { token: string }) {
  const { t } = useWords()
  const [found, show] = useState<RequestShape>()
  const [failed, fail] = useState('')
  const load = useCallback(() => {
    fail('')
    readRequest(token).then(
      one => {
        document.title = one.clinic_name
        show(one)
      },
      error => fail(codeOf(error)),
    )
  }, [token])
  useEffect(load, [load])
  // Whoever comes back to the page sees what has come of it meanwhile.
  useEffect(() => {
    const look = () => document.visibilityState === 'visible' && load()
    addEventListener('visibilitychange', look)
    return () => removeEventListener('visibilitychange', look)
  }, [load])
  if (found) return <Standing token={token} request={found} onChange={show} onStale={load} />
  return (
    <Frame name="" title={failed ? t(said(failed)) : t('loading')}>
      {failed ? failed !== 'NoSuchLink' && <Failed words={t(said(failed))} onAgain={load} /> : <Loading />}
    </Frame>
  )
}

type StandingProps = { token: string; request: RequestShape; onChange: (request: RequestShape) => void; onStale: () => void }

function Standing({ token, request, onChange, onStale }: StandingProps) {
  const { t } = useWords()
  const written = useTimes(request.timezone)
  const [sure, ask] = useState(false)
  const [problem, complain] = useState('')
  const { busy, once } = useOnce()
  const { state } = request
  const act = (what: () => Promise<void>) =>
    once(async () => {
      complain('')
      try {
        await what()
      } catch (error) {
        const code = codeOf(error)
        if (code === 'RequestIsAnswered') onStale()
        else complain(code)
      }
      ask(false)
    })
  const withdraw = () => act(async () => onChange(await withdrawRequest(token)))
  const change = () => act(async () => location.assign(`/link/${(await linkOfVisit(token)).link}`))
  const over = state === 'lapsed' || state === 'declined' || state === 'withdrawn' || state === 'cancelled'
  return (
    <Frame name={request.clinic_name} title={t(`asking.${state}`)} phone={request.phone}>
      {problem && <Failed words={t(said(problem))} />}
      {request.words && (
        <blockquote className="note">
          <p dir="auto">{request.words}</p>
        </blockquote>
      )}
      {state === 'lapsed' && <p className="note">{t('asking.lapsedNote')}</p>}
      {request.answer_by && <p className="note">{t('askedNote', { when: written.moment(request.answer_by) })}</p>}
      <div className={over ? 'gone' : undefined}>
        <When at={request.starts_at} zone={request.timezone} />
      </div>
      <p>
        <bdi>{request.service_name}</bdi> · <bdi>{t('withWhom', { name: request.provider_name })}</bdi>
      </p>
      <Where name={request.clinic_name} address={request.address} />
      <div className="acts">
        {state === 'waiting' || state === 'lapsed' ? (
          sure ? (
            <section aria-label={t('asking.sure')}>
              <p>{t('asking.sure')}</p>
              <button type="button" className="first bad" disabled={busy} aria-busy={busy} onClick={withdraw}>
                {t('asking.yes')}
              </button>
              <button type="button" className="second" onClick={() => ask(false)}>
                {t('keepIt')}
              </button>
            </section>
          ) : (
            <button type="button" className="second" onClick={() => ask(true)}>
              {t('asking.withdraw')}
            </button>
          )
        ) : null}
        {state === 'accepted' && (
          <button type="button" className="second" disabled={busy} aria-busy={busy} onClick={change}>
            {t('change')}
          </button>
        )}
        {over && request.slug && (
          <a className="first" href={`/book/${request.slug}`}>
            {t('chooseAgain')}
          </a>
        )}
      </div>
    </Frame>
  )
}
