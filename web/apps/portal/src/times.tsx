import { useEffect, useMemo, useState } from 'react'
import type { Opening, Openings } from './api'
import { byDay, dayOf, type Part, partOf, plusDays } from './days'
import { Failed, Loading } from './frame'
import { codeOf, said } from './trouble'
import { useTimes, useWords } from './words'

const STEP = 14
const FAR = 31
const PARTS: Part[] = ['morning', 'afternoon', 'evening']

type TimesProps = {
  zone: string
  daysAhead: number
  fetch: (from: string, days: number) => Promise<Openings>
  /** What is fetched: when it changes, it is looked for anew. */
  about: string
  chosen?: string
  busy: boolean
  onChoose: (slot: Opening) => void
  none: React.ReactNode
}

/** Days that have times, and the times of one of them. */
export function Times({ zone, daysAhead, fetch, about, chosen, busy, onChoose, none }: TimesProps) {
  const { t } = useWords()
  const written = useTimes(zone)
  const today = dayOf(new Date(), zone)
  const [slots, show] = useState<Opening[]>()
  const [until, reach] = useState(today)
  const [failed, fail] = useState('')
  const [day, choose] = useState('')
  const [looking, look] = useState(0)
  const end = plusDays(today, daysAhead)

  /** As far as there is something: who finds nothing in a fortnight is not told that there is nothing. */
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is looked for stands in `about`
  useEffect(() => {
    let current = true
    const search = async () => {
      let from = today
      let step = STEP
      let found: Opening[] = []
      while (!found.length && from < end) {
        found = (await fetch(from, step)).slots
        from = plusDays(from, step)
        step = FAR
      }
      if (!current) return
      show(found)
      reach(from)
      choose('')
    }
    show(undefined)
    fail('')
    search().catch(error => current && fail(codeOf(error)))
    return () => {
      current = false
    }
  }, [about, looking])

  const more = async () => {
    try {
      const found = await fetch(until, STEP)
      show([...(slots ?? []), ...found.slots])
      reach(plusDays(until, STEP))
    } catch (error) {
      fail(codeOf(error))
    }
  }
  const days = useMemo(() => byDay(slots ?? [], zone), [slots, zone])
  const shown = days.find(([one]) => one === day) ?? days[0]
  if (failed) return <Failed words={t(said(failed))} onAgain={() => look(looking + 1)} />
  if (!slots) return <Loading />
  if (!shown) return <>{none}</>
  return (
    <>
      <fieldset className="days" aria-label={t('times')}>
        {days.map(([one, [first]]) => (
          <button key={one} type="button" aria-pressed={one === shown[0]} onClick={() => choose(one)}>
            {first && written.day(first.starts_at)}
          </button>
        ))}
        {until < end && (
          <button type="button" className="more" onClick={more}>
            {t('later')}
          </button>
        )}
      </fieldset>
      {PARTS.map(part => {
        const these = shown[1].filter(slot => partOf(slot.starts_at, zone) === part)
        return these.length ? (
          <section key={part} aria-label={t(part)}>
            <h2>{t(part)}</h2>
            <ul className="slots">
              {these.map(slot => (
                <li key={slot.starts_at}>
                  <button
                    type="button"
                    disabled={busy}
                    aria-pressed={chosen === slot.starts_at}
                    onClick={() => onChoose(slot)}
                    data-time={slot.starts_at}
                  >
                    <bdi>{written.clock(slot.starts_at)}</bdi>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ) : null
      })}
      <p className="quiet">{t('timesIn', { place: written.place() })}</p>
    </>
  )
}
