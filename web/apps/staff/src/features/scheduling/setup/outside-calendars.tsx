import { type OutsideCalendar, Refused } from '@chairside/api'
import { Button, Field, notify } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { CalendarPlus, CircleAlert, CircleCheck, Hourglass, Plus, RefreshCw, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { useProblemWords } from '@/lib/problem-words'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import type { Pending } from './pending'
import { outsideQuery } from './queries'
import { stepAside } from './step-aside'
import { addOutsideCalendar, askOutsideCalendar, goToCalendar, removeOutsideCalendar, restoreOutsideCalendar } from './writes'

const NAMES = { google: 'Google', microsoft: 'Outlook' }
const NOTHING = { name: '', address: '' }
/** While a job asks one for the first time, or asks one again, how it stands is looked at so often. */
const SOON = 2000

/** Calendars that a provider keeps elsewhere: when they are busy there they are busy here. */
export function OutsideCalendars({ provider, pending }: { provider: string; pending: Pending }) {
  const t = useTranslations('setup')
  return (
    <section aria-label={t('outside.title')} className="grid gap-2 border-t pt-4">
      <h3 className="font-medium text-sm">{t('outside.title')}</h3>
      <OutsideList provider={provider} pending={pending} back="providers" />
    </section>
  )
}

type ListProps = { provider: string; pending?: Pending; back: 'providers' | 'account' }

export function OutsideList({ provider, pending, back }: ListProps) {
  const t = useTranslations('setup')
  const tell = useTell()
  const clinic = useSlug()
  const regret = useRegret()
  const say = useProblemWords()
  const [typed, setTyped] = useState(NOTHING)
  const [wrong, setWrong] = useState<string>()
  const [asked, ask] = useState<Record<string, string | null>>({})
  const fields = useRef<HTMLDivElement>(null)
  const first = () => fields.current?.querySelector<HTMLElement>('input')
  const isAsked = (one: OutsideCalendar) =>
    one.state === 'new' || (one.id in asked && asked[one.id] === (one.refreshed_at ?? one.failing_since))
  const calendars = useQuery({
    ...outsideQuery(clinic),
    refetchInterval: query => (query.state.data?.items.some(isAsked) ? SOON : false),
  })
  const [name, address] = [typed.name.trim(), typed.address.trim()]
  const add = () => {
    setWrong(undefined)
    return send(addOutsideCalendar(clinic, provider, { name, address })).then(
      made => {
        tell(t('outside.added', { name }), () => send(removeOutsideCalendar(clinic, made.id)))
        setTyped(NOTHING)
      },
      (error: unknown) => {
        const problem = error instanceof Refused ? error.problem.errors?.find(one => one.pointer === '/address') : undefined
        setWrong(problem && say.of(problem))
        throw error
      },
    )
  }
  const go = (kind: 'google' | 'microsoft') =>
    send(goToCalendar(clinic, provider, kind, { name: name || NAMES[kind], back })).then(
      ({ address }) => location.assign(address),
      regret,
    )
  const possible = name !== '' && address !== ''
  if (pending) pending.current = possible ? add : undefined
  const addNow = () =>
    void add().then(
      () => first()?.focus(),
      error => (error instanceof Refused && error.problem.errors?.length ? undefined : regret(error)),
    )
  const remove = (one: OutsideCalendar, button: HTMLElement) => {
    stepAside(button, first())
    const back = () => send(restoreOutsideCalendar(clinic, one.id))
    void send(removeOutsideCalendar(clinic, one.id)).then(() => tell(t('outside.removed', { name: one.name }), back), regret)
  }
  const again = (one: OutsideCalendar) => {
    ask({ ...asked, [one.id]: one.refreshed_at ?? one.failing_since })
    setTimeout(() => ask(({ [one.id]: _, ...others }) => others), 30_000)
    void send(askOutsideCalendar(clinic, one.id)).then(() => tell(t('outside.asked', { name: one.name })), regret)
  }
  return (
    <>
      <p className="text-muted-foreground text-sm">{t('outside.about')}</p>
      <Answer to={calendars} compact>
        {({ items }) => (
          <ul className="grid empty:hidden">
            {items
              .filter(one => one.provider_id === provider)
              .map(one => (
                <Line key={one.id} calendar={one} isAsked={isAsked(one)} onAsk={() => again(one)} onRemove={remove} />
              ))}
          </ul>
        )}
      </Answer>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter connects the calendar; it does not save the provider around it */}
      <div
        ref={fields}
        className="flex flex-wrap items-end gap-2"
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || (event.target as HTMLElement).tagName !== 'INPUT') return
          event.preventDefault()
          if (possible) addNow()
        }}
      >
        <Field
          label={t('outside.name')}
          value={typed.name}
          onChange={event => setTyped({ ...typed, name: event.target.value })}
          maxLength={100}
          dir="auto"
          autoComplete="off"
          className="w-40 max-sm:w-full"
        />
        <Field
          label={t('outside.address')}
          value={typed.address}
          error={wrong}
          onChange={event => setTyped({ ...typed, address: event.target.value })}
          maxLength={2000}
          dir="ltr"
          inputMode="url"
          spellCheck={false}
          autoComplete="off"
          className="min-w-48 flex-1 max-sm:min-w-full"
        />
        <Button variant="outline" disabled={!possible} onClick={addNow} className="mb-0.5 ms-auto">
          <Plus aria-hidden /> {t('outside.add')}
        </Button>
        <p className="w-full text-muted-foreground text-xs">{t('outside.addressHint')}</p>
        {calendars.data?.kinds.map(kind => (
          <Button key={kind} variant="outline" onClick={() => void go(kind)}>
            <CalendarPlus aria-hidden /> {t(`outside.go.${kind}`)}
          </Button>
        ))}
      </div>
    </>
  )
}

type LineProps = {
  calendar: OutsideCalendar
  isAsked: boolean
  onAsk: () => void
  onRemove: (calendar: OutsideCalendar, button: HTMLElement) => void
}
const SIGNS = { new: Hourglass, ok: CircleCheck, failing: CircleAlert, revoked: CircleAlert }
const TONES = { new: 'text-muted-foreground', ok: 'text-ok', failing: 'text-warn', revoked: 'text-destructive' }

function Line({ calendar: one, isAsked, onAsk, onRemove }: LineProps) {
  const t = useTranslations('setup')
  const { dayOf, time } = useWriting()
  const at = (instant: string | null) => (instant ? `${dayOf(instant)}, ${time(instant)}` : '')
  const Sign = SIGNS[one.state]
  const why = one.failure ? t(`outside.why.${one.failure}`) : ''
  const standing = {
    new: t('outside.new'),
    ok: t('outside.ok', { at: at(one.refreshed_at) }),
    failing: t(one.refreshed_at ? 'outside.failing' : 'outside.failingNew', { since: at(one.failing_since), why }),
    revoked: t('outside.revoked', { why }),
  }[one.state]
  return (
    <li className="flex min-h-10 items-center gap-2 border-b text-sm">
      <Sign aria-hidden className={`size-4 shrink-0 ${TONES[one.state]}`} />
      <span className="me-auto grid min-w-0 py-1">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="wrap-anywhere">{one.name}</bdi>
          <bdi dir="ltr" className="wrap-anywhere text-muted-foreground text-xs">
            {one.hint}
          </bdi>
        </span>
        <span role="status" className="text-muted-foreground text-xs">
          {[standing, one.left_out > 0 && t('outside.leftOut', { count: one.left_out })].filter(Boolean).join(' · ')}
        </span>
      </span>
      {one.state !== 'revoked' && (
        <Button
          size="icon"
          variant="ghost"
          className="size-7"
          disabled={isAsked}
          title={t('outside.refresh')}
          aria-label={t('outside.refreshOf', { name: one.name })}
          onClick={onAsk}
        >
          <RefreshCw />
        </Button>
      )}
      <Button
        size="icon"
        variant="ghost"
        className="size-7"
        aria-label={t('outside.remove', { name: one.name })}
        onClick={event => onRemove(one, event.currentTarget)}
      >
        <X />
      </Button>
    </li>
  )
}

const TOLD = ['ConsentDenied', 'ConsentExpired', 'TooManyOutsideCalendars'] as const

/** What came of the way to whoever keeps a calendar, told once where one comes back. */
export function useCalendarTold() {
  const t = useTranslations('setup')
  const [code] = useState(() => new URLSearchParams(location.search).get('calendar'))
  useEffect(() => {
    if (!code) return
    history.replaceState(history.state, '', location.pathname)
    const why = TOLD.find(one => one === code) ?? 'ConsentNotHeard'
    if (code === 'connected') notify({ tone: 'ok', title: t('outside.back.connected') })
    else notify({ tone: 'danger', title: t(`outside.back.${why}`) })
  }, [code, t])
}
