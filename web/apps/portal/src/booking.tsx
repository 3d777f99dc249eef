import { useCallback, useEffect, useState } from 'react'
import {
  book,
  type CodeSent,
  type Confirmation,
  type Held,
  keep,
  keepLonger,
  letGo,
  listTimes,
  type Opening,
  type PageShape,
  proveNumber,
  readPage,
  sendCode,
  Trouble,
  wait,
} from './api'
import { Code } from './code'
import { Done, Where } from './done'
import { Details } from './form'
import { Failed, Frame, Loading } from './frame'
import { keepProof, proofOf } from './proof'
import { Times } from './times'
import { codeOf, said } from './trouble'
import { clockOf, useCountdown, useOnce, useSteps } from './use'
import { NOBODY, sentOf } from './who'
import { useTimes, useWords } from './words'

type Step = 'what' | 'when' | 'who' | 'waitlist' | 'code' | 'done'

/** Service, time, details, and it is booked. */
export function Booking({ slug }: { slug: string }) {
  const { t } = useWords()
  const [page, show] = useState<PageShape>()
  const [failed, fail] = useState('')
  const load = useCallback(() => {
    fail('')
    readPage(slug).then(
      found => {
        document.title = found.name
        show(found)
      },
      error => fail(codeOf(error)),
    )
  }, [slug])
  useEffect(load, [load])
  if (page) return <Steps slug={slug} page={page} />
  return (
    <Frame name="" title={failed ? t(said(failed)) : t('loading')}>
      {failed ? failed !== 'NoSuchThing' && <Failed words={t(said(failed))} onAgain={load} /> : <Loading />}
    </Frame>
  )
}

function Steps({ slug, page }: { slug: string; page: PageShape }) {
  const { t, format, locale } = useWords()
  const written = useTimes(page.timezone)
  const only = page.services.length === 1 ? page.services[0] : undefined
  const [step, go] = useSteps<Step>(only ? 'when' : 'what')
  const [service, choose] = useState(only)
  const [provider, prefer] = useState<string | null>(null)
  const [held, hold] = useState<Held>()
  const [who, write] = useState(NOBODY)
  const [problem, tell] = useState('')
  const [refused, point] = useState<string[]>([])
  const [made, make] = useState<Confirmation>()
  const [turn, again] = useState(0)
  const [listed, list] = useState(false)
  const [awaited, expect] = useState<CodeSent>()
  const [missed, miss] = useState('')
  const { busy, once } = useOnce()
  const back = () => history.back()
  const phone = page.phone

  const trouble = (error: unknown) => {
    const code = codeOf(error)
    tell(code)
    point(error instanceof Trouble ? error.pointers : [])
    return code
  }
  const take = (slot: Opening) =>
    once(async () => {
      tell('')
      try {
        hold(
          await keep(slug, {
            service_id: service?.id ?? '',
            provider_id: provider,
            starts_at: slot.starts_at,
            instead_of: held?.token ?? null,
          }),
        )
        list(false)
        go('who')
      } catch (error) {
        if (trouble(error) === 'TimeTaken') again(turn + 1)
      }
    })
  const longer = () =>
    once(async () => {
      try {
        if (held) hold({ ...held, ...(await keepLonger(slug, held.token)) })
      } catch (error) {
        trouble(error)
      }
    })
  /** Booked, or put on the list; with what shows that the number is theirs, where the clinic asks for that. */
  const settle = async (proof: string | null) => {
    try {
      if (listed) {
        await wait(slug, { service_id: service?.id ?? '', ...sentOf(who), proof, parts: [], weekdays: [] })
        if (held) void letGo(slug, held.token)
      } else make(await book(slug, { hold: held?.token ?? '', ...sentOf(who), proof }))
      go('done')
    } catch (error) {
      if (codeOf(error) === 'NumberNotProved') return askForCode()
      const code = trouble(error)
      if (code !== 'TimeTaken' && code !== 'NoSuchHold') return
      tell('TimeTaken')
      hold(undefined)
      again(turn + 1)
      go('when')
    }
  }
  const askForCode = async () => {
    miss('')
    try {
      const sent = await sendCode(slug, { mobile: who.mobile, hold: listed ? null : (held?.token ?? null), locale })
      if (held && sent.kept_until && sent.kept_seconds !== null)
        hold({ ...held, expires_at: sent.kept_until, seconds_left: sent.kept_seconds, extended: true })
      expect(sent)
      if (step !== 'code') go('code')
    } catch (error) {
      trouble(error)
    }
  }
  const send = () =>
    once(async () => {
      tell('')
      const proof = proofOf(slug)
      await (page.asks_code && !proof ? askForCode() : settle(proof))
    })
  const sayCode = (code: string) =>
    once(async () => {
      tell('')
      miss('')
      const token = awaited?.token ?? ''
      try {
        const { proved, tries_left } = await proveNumber(slug, token, code)
        if (!proved) return miss(tries_left ? t('code.wrong', { left: tries_left }) : t('code.over'))
      } catch (error) {
        if (codeOf(error) === 'NoSuchCode') return miss(t('code.over'))
        trouble(error)
        return
      }
      keepProof(slug, token)
      await settle(token)
    })
  const anotherCode = () =>
    once(async () => {
      tell('')
      await askForCode()
    })
  const complaint = problem && <Failed words={t(said(problem))} />
  const nameOf = (id: string) => page.providers.find(one => one.id === id)?.name ?? ''

  if (step === 'done') {
    if (made) return <Done page={page} made={made} service={service?.name ?? ''} provider={nameOf(made.provider_id)} />
    return (
      <Frame name={page.name} title={t('waitlistDone')} phone={phone}>
        {null}
      </Frame>
    )
  }
  if (step === 'what' || !service)
    return (
      <Frame name={page.name} title={page.services.length ? t('what') : t('noServices')} phone={phone}>
        <ul className="choices">
          {page.services.map(one => (
            <li key={one.id}>
              <button
                type="button"
                onClick={() => {
                  choose(one)
                  prefer(null)
                  tell('')
                  go('when')
                }}
              >
                <span>{one.name}</span>
                <small>
                  {t('minutes', { minutes: one.duration_minutes })}
                  {one.price && ` · ${money(one.price, format)}`}
                </small>
              </button>
            </li>
          ))}
        </ul>
        {page.address.length > 0 && <Where name={page.name} address={page.address} />}
      </Frame>
    )
  const sendWords = listed ? t('waitlistSend') : page.needs_confirmation ? t('request') : t('confirmBooking')
  const nextWords = page.asks_code && !proofOf(slug) ? t('code.next') : sendWords
  if (step === 'waitlist')
    return (
      <Frame name={page.name} title={t('waitlistSend')} onBack={back} phone={phone}>
        <p className="quiet">{`${service.name} · ${t('noTimesNote')}`}</p>
        <Details page={page} who={who} onChange={write} busy={busy} send={nextWords} refused={refused} onSend={send}>
          {complaint}
        </Details>
      </Frame>
    )
  if (step === 'code' && awaited)
    return (
      <Frame name={page.name} title={t('code.title')} onBack={back} phone={phone}>
        {held && !listed && (
          <>
            <p className="quiet">{`${service.name} · ${written.moment(held.starts_at)}`}</p>
            <Countdown held={held} onLonger={longer} onOther={() => go('when')} />
          </>
        )}
        <Code
          number={who.mobile}
          turn={awaited.token}
          busy={busy}
          send={sendWords}
          wrong={missed}
          onSay={sayCode}
          onAgain={anotherCode}
        >
          {complaint}
        </Code>
      </Frame>
    )
  if (step === 'who' && held)
    return (
      <Frame name={page.name} title={written.moment(held.starts_at)} onBack={back} phone={phone}>
        <p className="quiet">{`${service.name} · ${t('withWhom', { name: nameOf(held.provider_id) })}`}</p>
        <Countdown held={held} onLonger={longer} onOther={back} />
        <Details page={page} who={who} onChange={write} busy={busy} send={nextWords} refused={refused} onSend={send}>
          {complaint}
        </Details>
      </Frame>
    )
  const offered = page.providers.filter(one => !service.provider_ids.length || service.provider_ids.includes(one.id))
  return (
    <Frame name={page.name} title={service.name} onBack={only ? undefined : back} phone={phone}>
      {complaint}
      {offered.length > 1 && (
        <label className="with">
          {t('with')}
          <select value={provider ?? ''} onChange={event => prefer(event.target.value || null)}>
            <option value="">{t('anybody')}</option>
            {offered.map(one => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
        </label>
      )}
      <Times
        zone={page.timezone}
        daysAhead={page.days_ahead}
        about={`${service.id} ${provider} ${turn}`}
        fetch={(from, days) => listTimes(slug, service.id, provider, from, days)}
        busy={busy}
        chosen={held?.starts_at}
        onChoose={take}
        none={<p className="note">{t('noTimes')}</p>}
      />
      <button
        type="button"
        className="second"
        onClick={() => {
          list(true)
          go('waitlist')
        }}
      >
        {t('waitlist')}
      </button>
    </Frame>
  )
}

/** Said aloud when there is a minute left, and when there is none; not every second. */
function Countdown({ held, onLonger, onOther }: { held: Held; onLonger: () => void; onOther: () => void }) {
  const { t } = useWords()
  const left = useCountdown(held.seconds_left, held.expires_at)
  const soon = left > 0 && left <= 60
  return (
    <div className={left > 60 ? 'held' : 'held warn'}>
      {left > 0 && (
        <p>
          {t('held', { left: `\u2066${clockOf(left)}\u2069` })}
          {soon && !held.extended && (
            <button type="button" className="second" onClick={onLonger}>
              {t('longer')}
            </button>
          )}
        </p>
      )}
      <p role="status">{soon ? t('expiring') : left === 0 ? t('expired') : ''}</p>
      {left === 0 && (
        <button type="button" className="second" onClick={onOther}>
          {t('chooseAgain')}
        </button>
      )}
    </div>
  )
}

function money({ amount, currency }: { amount: number; currency: string }, format: string) {
  const how = new Intl.NumberFormat(format, {
    style: 'currency',
    currency,
    trailingZeroDisplay: 'stripIfInteger',
  } as Intl.NumberFormatOptions)
  return how.format(amount / 10 ** (how.resolvedOptions().maximumFractionDigits ?? 2))
}
