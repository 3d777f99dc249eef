import type { Candidate } from '@chairside/api'
import { Button, Dialog, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { clock, useMay, useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { FillCandidates } from './fill-candidates'
import { FillProgress } from './fill-progress'
import { offerTime, stopOffering } from './fill-writes'
import { isFree } from './free'
import type { Known, Slot } from './model'
import { candidatesQuery, fillsQuery, type Resources } from './queries'
import { useDayWords } from './use-day-words'
import type { useVisitWrites } from './use-visit-writes'

type FillProps = {
  at: Slot
  schedule: Known
  resources: Resources
  writes: ReturnType<typeof useVisitWrites>
  /** Their later visit is taken along to this day. */
  onCarry: (visit: string) => void
  onClose: () => void
}
const STEP = 5
const LONGEST = 240
/** Who are asked at once, and minutes between them and the next. */
const USUAL = { wave_size: 3, wave_minutes: 15 }
/** Minutes before it begins, a time is offered to nobody: the server says the same. */
const LAST_CALL = 30

/** Who could come at a free time, of the waiting list and of those who are due: whom to call first, and the visit with one press. */
export default function FillDialog({ at, schedule, resources, writes, onCarry, onClose }: FillProps) {
  const t = useTranslations('openings')
  const states = useTranslations('states')
  const said = useTranslations('schedule')
  const clinic = useSlug()
  const writing = useWriting()
  const words = useDayWords()
  const [minutes, setMinutes] = useState(() => freeFor(schedule, at))
  const ends = new Date(Date.parse(at.starts_at) + minutes * 60_000).toISOString()
  const soon = Date.parse(at.starts_at) - LAST_CALL * 60_000 <= clock().getTime()
  const over = Date.parse(ends) <= clock().getTime()
  const regret = useRegret()
  const tell = useTell()
  const mayBook = useMay('scheduling.book')
  const mayOffer = useMay('messages.write') && mayBook
  const time = { provider_id: at.provider_id, starts_at: at.starts_at, ends_at: ends }
  const enabled = !over && minutes >= STEP && !!at.provider_id
  const found = useQuery({ ...candidatesQuery(clinic, time), enabled })
  const fills = useQuery({ ...fillsQuery(clinic, time), enabled })
  const [waves, setWaves] = useState(USUAL)
  const [seen, see] = useState('')
  const [busy, setBusy] = useState(false)
  const newest = fills.data?.[0]
  // What is seen to be on offer is shown to its end; of what was over before, no more than that it was.
  if (newest?.status === 'open' && newest.id !== seen) see(newest.id)
  const fill = newest?.id === seen ? newest : undefined
  const provider = resources.providers.find(one => one.id === at.provider_id)?.name ?? ''
  const where = `${words.short(writing.dateOf(at.starts_at))}, ${writing.range(Date.parse(at.starts_at), Date.parse(ends))} · ${provider}`

  function take(one: Candidate) {
    onClose()
    if (one.instead_of) return onCarry(one.instead_of)
    const service = resources.services.find(each => each.id === one.service_id)
    if (!service) return
    const { id, first_name, last_name, birth_date, phone, safe_for_voicemail } = one.patient
    const patient = {
      ...{ id, name: `${first_name} ${last_name}`, birth_date, phone, safe_for_voicemail },
      ...{ register_number: '', alerts: [], balance: { amount: 0, currency: '' }, restricted: false },
    }
    void writes.book({ ...at, duration_minutes: one.duration_minutes }, patient, service)
  }
  async function doing(work: () => Promise<unknown>) {
    setBusy(true)
    try {
      await work()
    } catch (error) {
      regret(error)
    } finally {
      setBusy(false)
    }
  }
  const stop = (id: string) => send(stopOffering(clinic, id))
  const offer = () =>
    doing(async () => {
      const made = await send(offerTime(clinic, { ...time, operatory_id: at.operatory_id, ...waves }))
      see(made.id)
      tell(t('offerBegun'), () => stop(made.id), { about: where })
    })
  return (
    <Dialog open onClose={onClose} title={t('fill')} about={<bdi>{where}</bdi>} close={states('close')} className="max-w-xl">
      {!fill && (
        <div className="flex flex-wrap items-end gap-3 border-b px-5 py-3">
          <Field
            label={t('fillMinutes')}
            type="number"
            min={STEP}
            max={720}
            step={STEP}
            value={minutes}
            onChange={event => setMinutes(Number(event.target.value))}
            className="w-28"
          />
          {mayOffer && !soon && !!found.data?.length && (
            <>
              <Field
                label={t('offerSize')}
                type="number"
                min={1}
                max={10}
                value={waves.wave_size}
                onChange={event => setWaves({ ...waves, wave_size: Number(event.target.value) })}
                className="w-28"
              />
              <Field
                label={t('offerMinutes')}
                type="number"
                min={1}
                max={240}
                value={waves.wave_minutes}
                onChange={event => setWaves({ ...waves, wave_minutes: Number(event.target.value) })}
                className="w-28"
              />
              <Button variant="outline" disabled={busy} aria-busy={busy} onClick={offer} className="ms-auto">
                {t('offer')}
              </Button>
              <p className="w-full text-muted-foreground text-xs">
                {t('offerAbout')}
                {newest && ` ${t(`offerStatus.${newest.status}`)}.`}
              </p>
            </>
          )}
        </div>
      )}
      <div className="min-h-32 overflow-y-auto">
        {over && <p className="px-5 py-6 text-muted-foreground text-sm">{said('timeOver')}</p>}
        {fill && (
          <FillProgress
            of={fill}
            onStop={
              fill.status === 'open' && mayOffer
                ? () =>
                    doing(async () => {
                      await stop(fill.id)
                      tell(t('offerStopped'))
                    })
                : undefined
            }
          />
        )}
        {!over && !fill && (
          <Answer to={found} compact>
            {list =>
              list.length === 0 ? (
                <p className="px-5 py-6 text-muted-foreground text-sm">{t('fillNobody')}</p>
              ) : (
                <FillCandidates list={list} onTake={take} />
              )
            }
          </Answer>
        )}
      </div>
    </Dialog>
  )
}

/** Until somebody or something else is there. */
function freeFor(schedule: Known, at: Slot) {
  let minutes = STEP
  while (minutes < LONGEST && isFree(schedule, { slot: { ...at, duration_minutes: minutes + STEP } })) minutes += STEP
  return minutes
}
