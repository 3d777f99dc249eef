import type { Provider, Travel } from '@chairside/api'
import { Button, Combobox, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Plus, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useZones } from '@/features/tenancy'
import { Answer, useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import type { Pending } from './pending'
import { travelsQuery } from './queries'
import { stepAside } from './step-aside'
import { addTravel, removeTravel } from './writes'

const NOTHING = { first_on: '', last_on: '', timezone: '' }
const said = (zone: string) => zone.replaceAll('_', ' ')

/** Days on which a provider keeps their hours in another time zone. */
export function Travels({ provider, pending }: { provider: Provider; pending: Pending }) {
  const t = useTranslations('setup')
  const tell = useTell()
  const clinic = useSlug()
  const zones = useZones()
  const writing = useWriting()
  const regret = useRegret()
  const travels = useQuery(travelsQuery(clinic, provider.id))
  const [typed, setTyped] = useState(NOTHING)
  const fields = useRef<HTMLDivElement>(null)
  const first = () => fields.current?.querySelector<HTMLElement>('input')
  const { first_on, timezone } = typed
  const last_on = typed.last_on || first_on
  const possible = first_on !== '' && first_on <= last_on && timezone !== ''
  const span = (from: string, to: string) => (from === to ? writing.day(from) : `${writing.day(from)} – ${writing.day(to)}`)
  const add = () =>
    send(addTravel(clinic, provider.id, { first_on, last_on, timezone })).then(made => {
      tell(t('dayAdded', { day: span(first_on, last_on) }), () => send(removeTravel(clinic, provider.id, made.id)))
      setTyped(NOTHING)
    })
  pending.current = possible ? add : undefined
  const addNow = () => void add().then(() => first()?.focus(), regret)
  const remove = (one: Travel, button: HTMLElement) => {
    stepAside(button, first())
    const body = { first_on: one.first_on, last_on: one.last_on, timezone: one.timezone }
    const back = () => send(addTravel(clinic, provider.id, body))
    const day = span(one.first_on, one.last_on)
    void send(removeTravel(clinic, provider.id, one.id)).then(() => tell(t('dayRemoved', { day }), back), regret)
  }
  const today = writing.today.toString()
  return (
    <section aria-label={t('travels')} className="grid gap-2 border-t pt-4">
      <h3 className="font-medium text-sm">{t('travels')}</h3>
      <Answer to={travels} compact>
        {items => (
          <ul className="grid">
            {items
              .filter(one => one.last_on >= today)
              .map(one => (
                <li key={one.id} className="flex min-h-9 items-center gap-3 border-b text-sm">
                  <bdi>{span(one.first_on, one.last_on)}</bdi>
                  <bdi className="me-auto text-muted-foreground">{said(one.timezone)}</bdi>
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
      <div ref={fields} className="flex flex-wrap items-end gap-2">
        <Field
          label={t('firstDay')}
          type="date"
          min={today}
          value={first_on}
          onChange={event => setTyped({ ...typed, first_on: event.target.value })}
          className="w-40"
        />
        <Field
          label={t('lastDay')}
          type="date"
          min={first_on || today}
          value={typed.last_on}
          onChange={event => setTyped({ ...typed, last_on: event.target.value })}
          className="w-40"
        />
        <Combobox
          label={t('zone')}
          value={timezone}
          shown={said(timezone)}
          options={zones}
          nothing={t('zoneNothing')}
          onChange={timezone => setTyped({ ...typed, timezone })}
          className="min-w-40 flex-1"
        />
        <Button variant="outline" disabled={!possible} onClick={addNow} className="mb-0.5 ms-auto">
          <Plus aria-hidden /> {t('addTravel')}
        </Button>
      </div>
    </section>
  )
}
