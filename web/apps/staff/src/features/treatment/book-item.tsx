import type { TreatmentItem } from '@chairside/api'
import { Button, Dialog, Empty, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { CalendarX2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { resourcesQuery } from '@/features/scheduling/queries'
import { Answer, useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { timesQuery } from './queries'
import { usePlanWords, type Where } from './use-plan-words'
import { bookItem, cancelVisit } from './writes'

const DAYS = 56
type Booked = Where &
  Pick<TreatmentItem, 'id' | 'version' | 'name' | 'duration_minutes'> & { plan_id: string; patient_id: string }

/** A visit for what was accepted: patient, procedure, length and provider are there already, a time is all that is chosen. */
export function BookItem({ item, onClose }: { item: Booked; onClose: () => void }) {
  const t = useTranslations('plans')
  const states = useTranslations('states')
  const clinic = useSlug()
  const words = usePlanWords()
  const { today, dayOf, time } = useWriting()
  const tell = useTell()
  const regret = useRegret()
  const resources = useQuery(resourcesQuery(clinic)).data
  const providers = resources?.providers.filter(one => one.active) ?? []
  const [provider, setProvider] = useState('')
  const [from, setFrom] = useState(today.toString())
  const [minutes, setMinutes] = useState(item.duration_minutes)
  const times = useQuery(
    timesQuery(clinic, {
      patient_id: item.patient_id,
      provider_id: provider || undefined,
      duration_minutes: minutes,
      from,
      to:
        today.add({ days: DAYS }).compare(today) > 0 && from > today.toString()
          ? endOf(from)
          : today.add({ days: DAYS }).toString(),
    }),
  )
  const whose = { clinic, patient: item.patient_id }
  const take = (slot: { starts_at: string; provider_id: string; operatory_id?: string | null }) =>
    send(
      bookItem(whose, item.plan_id, item, {
        starts_at: slot.starts_at,
        provider_id: slot.provider_id,
        operatory_id: slot.operatory_id,
        duration_minutes: minutes,
      }),
    ).then(visit => {
      tell(t('did.booked', { day: dayOf(visit.starts_at), time: time(visit.starts_at) }), () =>
        send(cancelVisit(clinic, visit, t('bookedByMistake'))),
      )
      onClose()
    }, regret)
  const named = (id: string) => providers.find(one => one.id === id)?.name ?? ''
  return (
    <Dialog open onClose={onClose} title={t('bookTitle')} about={<bdi>{words.item(item)}</bdi>} close={states('close')}>
      <div className="grid grid-cols-[1fr_auto_6rem] gap-3 px-5 pt-4 max-sm:grid-cols-1">
        <Field
          label={t('with')}
          value={provider}
          onChange={event => setProvider(event.currentTarget.value)}
          choices={[['', t('anybody')], ...providers.map((one): [string, string] => [one.id, one.name])]}
        />
        <Field
          label={t('from')}
          type="date"
          min={today.toString()}
          value={from}
          onChange={event => event.currentTarget.value && setFrom(event.currentTarget.value)}
        />
        <Field
          label={t('minutes')}
          type="number"
          min={5}
          max={720}
          step={5}
          dir="ltr"
          value={minutes}
          onChange={event => setMinutes(Math.min(720, Math.max(5, Number(event.currentTarget.value) || item.duration_minutes)))}
        />
      </div>
      <div className="min-h-40 overflow-y-auto px-5 py-4">
        <Answer to={times} compact>
          {slots =>
            slots.length === 0 ? (
              <Empty icon={CalendarX2} title={t('noTime')} about={t('noTimeAbout')} />
            ) : (
              <ul aria-label={t('times')} className="grid gap-1">
                {slots.map((slot, index) => (
                  <li key={`${slot.starts_at} ${slot.provider_id}`}>
                    <Button
                      variant="outline"
                      className="w-full justify-start"
                      autoFocus={index === 0}
                      onKeyDown={event => {
                        const by =
                          event.key === 'ArrowDown'
                            ? 'nextElementSibling'
                            : event.key === 'ArrowUp'
                              ? 'previousElementSibling'
                              : undefined
                        const row = by && event.currentTarget.closest('li')?.[by]
                        if (row) {
                          event.preventDefault()
                          row.querySelector('button')?.focus()
                        }
                      }}
                      onClick={() => void take(slot)}
                    >
                      <span className="tabular-nums">
                        {dayOf(slot.starts_at, { weekday: 'short', day: 'numeric', month: 'short' })} {time(slot.starts_at)}
                      </span>
                      <bdi className="ms-auto text-muted-foreground">{named(slot.provider_id)}</bdi>
                    </Button>
                  </li>
                ))}
              </ul>
            )
          }
        </Answer>
      </div>
    </Dialog>
  )
}

const endOf = (from: string) => new Date(Date.parse(from) + DAYS * 86_400_000).toISOString().slice(0, 10)
