import { useCallback, useEffect, useState } from 'react'
import { answerOffer, calendarOf, type OfferShape, readOffer } from './api'
import { When, Where } from './done'
import { Failed, Frame, Loading } from './frame'
import { codeOf, said } from './trouble'
import { useOnce } from './use'
import { useTimes, useWords } from './words'

/** A free time that is offered to whoever has the link. Nothing is done until somebody taps. */
export function Offer({ token }: { token: string }) {
  const { t } = useWords()
  const [found, show] = useState<OfferShape>()
  const [failed, fail] = useState('')
  const load = useCallback(() => {
    fail('')
    readOffer(token).then(
      one => {
        document.title = one.clinic_name
        show(one)
      },
      error => fail(codeOf(error)),
    )
  }, [token])
  useEffect(load, [load])
  if (found) return <Time token={token} offer={found} onAnswer={show} onStale={load} />
  return (
    <Frame name="" title={failed ? t(said(failed)) : t('loading')}>
      {failed ? failed !== 'NoSuchOffer' && <Failed words={t(said(failed))} onAgain={load} /> : <Loading />}
    </Frame>
  )
}

type TimeProps = { token: string; offer: OfferShape; onAnswer: (offer: OfferShape) => void; onStale: () => void }
const TITLES = { open: 'offer.title', accepted: 'offer.yours', declined: 'offer.declined', gone: 'offer.gone' } as const
const NOTES = { open: 'offer.about', declined: 'offer.declinedNote', gone: 'offer.goneNote' } as const

function Time({ token, offer, onAnswer, onStale }: TimeProps) {
  const { t } = useWords()
  const written = useTimes(offer.timezone)
  const [problem, complain] = useState('')
  const { busy, once } = useOnce()
  const { answer, moving_at, link } = offer
  /** After a yes the visit is at the new time: where it was is known from before. */
  const [moved] = useState(moving_at)
  const say = (what: 'acceptance' | 'refusal') =>
    once(async () => {
      complain('')
      try {
        onAnswer(await answerOffer(token, what))
        scrollTo(0, 0)
      } catch (error) {
        const code = codeOf(error)
        if (code === 'OfferIsGone' || code === 'LinkUsed') onStale()
        else complain(code)
      }
    })
  return (
    <Frame name={offer.clinic_name} title={t(TITLES[answer])} phone={offer.phone}>
      {problem && <Failed words={t(said(problem))} />}
      {answer !== 'accepted' && <p className={answer === 'gone' ? 'note' : undefined}>{t(NOTES[answer])}</p>}
      <When at={offer.starts_at} zone={offer.timezone} />
      <p>
        <bdi>{offer.service_name}</bdi> · <bdi>{t('withWhom', { name: offer.provider_name })}</bdi> ·{' '}
        <bdi>{t('minutes', { minutes: offer.duration_minutes })}</bdi>
      </p>
      <Where name={offer.clinic_name} address={offer.address} />
      {moved && answer === 'open' && <p className="note">{t('offer.moving', { when: written.moment(moved) })}</p>}
      {moved && answer === 'accepted' && moved !== offer.starts_at && (
        <p className="note">{t('offer.moved', { when: written.moment(moved) })}</p>
      )}
      <div className="acts">
        {(answer === 'open' || answer === 'declined') && (
          <button type="button" className="first" disabled={busy} aria-busy={busy} onClick={() => say('acceptance')}>
            {t('offer.yes')}
          </button>
        )}
        {answer === 'open' && (
          <button type="button" className="second" disabled={busy} onClick={() => say('refusal')}>
            {t('offer.no')}
          </button>
        )}
        {link && (
          <>
            <a className="first" href={calendarOf(link)} download="visit.ics">
              {t('addToCalendar')}
            </a>
            <a className="second" href={`/link/${link}`}>
              {t('change')}
            </a>
          </>
        )}
      </div>
    </Frame>
  )
}
