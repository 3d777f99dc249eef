import { useCallback, useEffect, useState } from 'react'
import { actOn, calendarOf, type LinkShape, listLinkTimes, type Opening, readLink } from './api'
import { When, Where } from './done'
import { Failed, Frame, Loading } from './frame'
import { Times } from './times'
import { codeOf, said } from './trouble'
import { useOnce } from './use'
import { useTimes, useWords } from './words'

/** What a letter's link opens. Nothing is done until somebody taps. */
export function Link({ token }: { token: string }) {
  const { t } = useWords()
  const [found, show] = useState<LinkShape>()
  const [failed, fail] = useState('')
  const load = useCallback(() => {
    fail('')
    readLink(token).then(
      one => {
        document.title = one.clinic_name
        show(one)
      },
      error => fail(codeOf(error)),
    )
  }, [token])
  useEffect(load, [load])
  if (found) return <Visit token={token} first={found} onStale={load} />
  return (
    <Frame name="" title={failed ? t(said(failed)) : t('loading')}>
      {failed ? failed !== 'NoSuchLink' && <Failed words={t(said(failed))} onAgain={load} /> : <Loading />}
    </Frame>
  )
}

type VisitProps = { token: string; first: LinkShape; onStale: () => void }
type Doing = '' | 'move' | 'cancel'

function Visit({ token: opened, first, onStale }: VisitProps) {
  const { t } = useWords()
  const [visit, show] = useState(first)
  const [token, hold] = useState(opened)
  const written = useTimes(visit.timezone)
  const [doing, begin] = useState<Doing>(first.purpose === 'move' && first.acts.includes('move') ? 'move' : '')
  const [slot, choose] = useState<Opening>()
  const [done, tell] = useState('')
  const [problem, complain] = useState('')
  const [turn, again] = useState(0)
  const { busy, once } = useOnce()
  useEffect(() => show(first), [first])

  const act = (what: 'confirmation' | 'cancellation' | 'rescheduling', body?: object) =>
    once(async () => {
      complain('')
      try {
        const changed = await actOn(token, what, body)
        show(changed)
        tell(what)
        begin('')
        choose(undefined)
        if (changed.again) {
          hold(changed.again)
          // Who looks again does so with the link that is still good.
          history.replaceState(null, '', `/link/${changed.again}`)
          show({ ...changed, acts: (await readLink(changed.again)).acts })
        }
        scrollTo(0, 0)
      } catch (error) {
        const code = codeOf(error)
        complain(code)
        choose(undefined)
        again(turn + 1)
        if (code === 'LinkUsed' || code === 'TooLateToChange') onStale()
      }
    })
  const title =
    visit.status === 'cancelled'
      ? t('cancelled')
      : done === 'rescheduling'
        ? t('moved')
        : done === 'confirmation'
          ? t('confirmed')
          : [visit.service_name, t('withWhom', { name: visit.provider_name })].filter(Boolean).join(' · ')
  const over = !visit.acts.length && !done
  return (
    <Frame
      name={visit.clinic_name}
      title={doing === 'move' ? t('chooseAgain') : title}
      phone={visit.phone}
      onBack={doing ? () => begin('') : undefined}
    >
      {problem && <Failed words={t(said(problem))} />}
      {doing === 'move' ? (
        <>
          <Times
            zone={visit.timezone}
            daysAhead={365}
            about={`${turn}`}
            fetch={(from, days) => listLinkTimes(token, from, days)}
            busy={busy}
            chosen={slot?.starts_at}
            onChoose={choose}
            none={<p className="note">{t('noTimes')}</p>}
          />
          {slot && (
            <div className="bar">
              <button
                type="button"
                className="first"
                disabled={busy}
                aria-busy={busy}
                onClick={() => act('rescheduling', { starts_at: slot.starts_at })}
              >
                {t('moveTo', { when: written.moment(slot.starts_at) })}
              </button>
            </div>
          )}
        </>
      ) : (
        <>
          <When at={visit.starts_at} zone={visit.timezone} />
          <Where name={visit.clinic_name} address={visit.address} />
          {over && (
            <p className="note">
              {visit.used_for ? t('problem.used') : visit.status === 'cancelled' ? t('over') : t('noChange')}
            </p>
          )}
          <div className="acts">
            {doing === 'cancel' ? (
              <section aria-label={t('cancelSure')}>
                <p>{t('cancelSure')}</p>
                <button type="button" className="first bad" disabled={busy} aria-busy={busy} onClick={() => act('cancellation')}>
                  {t('cancelYes')}
                </button>
                <button type="button" className="second" onClick={() => begin('')}>
                  {t('keepIt')}
                </button>
              </section>
            ) : (
              <>
                {visit.acts.includes('confirm') && (
                  <button type="button" className="first" disabled={busy} aria-busy={busy} onClick={() => act('confirmation')}>
                    {t('confirm')}
                  </button>
                )}
                {visit.acts.includes('move') && (
                  <button type="button" className="second" onClick={() => begin('move')}>
                    {t('move')}
                  </button>
                )}
                {visit.acts.includes('cancel') && (
                  <button type="button" className="second" onClick={() => begin('cancel')}>
                    {t('cancel')}
                  </button>
                )}
              </>
            )}
            {visit.status !== 'cancelled' && done && (
              <a className="second" href={calendarOf(token)} download="visit.ics">
                {t('addToCalendar')}
              </a>
            )}
            {visit.status === 'cancelled' && visit.slug && (
              <a className="second" href={`/book/${visit.slug}`}>
                {t('bookAnother')}
              </a>
            )}
          </div>
          {visit.acts.includes('move') && (
            <p className="quiet">{t('changesUntil', { when: written.moment(visit.changes_until) })}</p>
          )}
        </>
      )}
    </Frame>
  )
}
