import type { Provider, Vacation } from '@chairside/api'
import { Banner, Button, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import type { Pending } from './pending'
import { bookedQuery, vacationsQuery } from './queries'
import { stepAside } from './step-aside'
import { addVacation, removeVacation } from './writes'

const NOTHING = { first_on: '', last_on: '', reason: '' }

/** Days off one after the other, in one act; who is booked on them is named before. */
export function Vacations({ provider, pending }: { provider: Provider; pending: Pending }) {
  const t = useTranslations('setup')
  const tell = useTell()
  const clinic = useSlug()
  const writing = useWriting()
  const regret = useRegret()
  const vacations = useQuery(vacationsQuery(clinic, provider.id))
  const [typed, setTyped] = useState(NOTHING)
  const fields = useRef<HTMLDivElement>(null)
  const first = () => fields.current?.querySelector<HTMLElement>('input')
  const { first_on } = typed
  const last_on = typed.last_on || first_on
  const possible = first_on !== '' && first_on <= last_on
  const span = (from: string, to: string) => (from === to ? writing.day(from) : `${writing.day(from)} – ${writing.day(to)}`)
  const add = () => {
    const reason = typed.reason.trim() || null
    return send(addVacation(clinic, provider.id, { first_on, last_on, reason })).then(made => {
      tell(t('dayAdded', { day: span(first_on, last_on) }), () => send(removeVacation(clinic, provider.id, made.id)))
      setTyped(NOTHING)
    })
  }
  pending.current = possible ? add : undefined
  const addNow = () => void add().then(() => first()?.focus(), regret)
  const remove = ({ id, ...facts }: Vacation, button: HTMLElement) => {
    stepAside(button, first())
    const body = { first_on: facts.first_on, last_on: facts.last_on, reason: facts.reason }
    const back = () => send(addVacation(clinic, provider.id, body))
    const day = span(facts.first_on, facts.last_on)
    void send(removeVacation(clinic, provider.id, id)).then(() => tell(t('dayRemoved', { day }), back), regret)
  }
  const today = writing.today.toString()
  const set = (name: keyof typeof NOTHING) => (event: { target: { value: string } }) =>
    setTyped({ ...typed, [name]: event.target.value })
  return (
    <section aria-label={t('vacations')} className="grid gap-2 border-t pt-4">
      <h3 className="font-medium text-sm">{t('vacations')}</h3>
      <Answer to={vacations} compact>
        {items => (
          <ul className="grid">
            {items
              .filter(one => one.last_on >= today)
              .map(one => (
                <li key={one.id} className="flex min-h-9 items-center gap-3 border-b text-sm">
                  <bdi>{span(one.first_on, one.last_on)}</bdi>
                  <span className="me-auto wrap-anywhere text-muted-foreground">
                    <bdi>{one.reason}</bdi>
                  </span>
                  <Button
                    size="icon"
                    variant="ghost"
                    className="size-7"
                    aria-label={t('removeDay', { day: span(one.first_on, one.last_on) })}
                    onClick={event => remove(one, event.currentTarget)}
                  >
                    <X />
                  </Button>
                </li>
              ))}
          </ul>
        )}
      </Answer>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter adds the vacation; it does not save the provider around it */}
      <div
        ref={fields}
        className="flex flex-wrap items-end gap-2"
        onKeyDown={event => {
          if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || (event.target as HTMLElement).tagName !== 'INPUT') return
          event.preventDefault()
          if (possible) addNow()
        }}
      >
        <Field label={t('firstDay')} type="date" min={today} value={first_on} onChange={set('first_on')} className="w-40" />
        <Field
          label={t('lastDay')}
          type="date"
          min={first_on || today}
          value={typed.last_on}
          onChange={set('last_on')}
          className="w-40"
        />
        <Field
          label={t('reason')}
          value={typed.reason}
          onChange={set('reason')}
          maxLength={200}
          dir="auto"
          autoComplete="off"
          className="min-w-32 flex-1"
        />
        <Button variant="outline" disabled={!possible} onClick={addNow} className="mb-0.5 ms-auto">
          <Plus aria-hidden /> {t('addVacation')}
        </Button>
      </div>
      {possible && <Booked provider={provider.id} from={first_on} to={last_on} />}
    </section>
  )
}

/** A vacation cancels nothing: these patients have to be called. */
function Booked({ provider, from, to }: { provider: string; from: string; to: string }) {
  const t = useTranslations('setup')
  const writing = useWriting()
  const maySee = useMay('scheduling.read')
  const visits = useQuery({ ...bookedQuery(useSlug(), provider, from, to), enabled: maySee }).data
  if (!visits) return null
  if (visits.length === 0) return <p className="text-muted-foreground text-sm">{t('nobodyBooked')}</p>
  return (
    <div role="status">
      <Banner tone="warn" title={t('bookedThen', { count: visits.length })}>
        <ul className="grid max-h-40 gap-0.5 overflow-y-auto text-foreground">
          {visits.map(one => (
            <li key={one.id} className="flex gap-2">
              <bdi className="w-44 shrink-0">
                {writing.dayOf(one.starts_at, { weekday: 'short', day: 'numeric', month: 'short' })} {writing.time(one.starts_at)}
              </bdi>
              <bdi className="wrap-anywhere">{one.patient.name}</bdi>
            </li>
          ))}
        </ul>
      </Banner>
    </div>
  )
}
