import type { Candidate } from '@chairside/api'
import { Button, Dialog, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { clock, useSlug, useWriting } from '@/lib/clinic'
import { isFree } from './free'
import type { Known, Slot } from './model'
import { candidatesQuery, type Resources } from './queries'
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
  const over = Date.parse(ends) <= clock().getTime()
  const found = useQuery({
    ...candidatesQuery(clinic, { provider_id: at.provider_id, starts_at: at.starts_at, ends_at: ends }),
    enabled: !over && minutes >= STEP && !!at.provider_id,
  })
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
      ...{ register_number: '', alerts: [], balance: { amount: 0, currency: '' }, forms_due: 0, restricted: false },
    }
    void writes.book({ ...at, duration_minutes: one.duration_minutes }, patient, service)
  }
  return (
    <Dialog open onClose={onClose} title={t('fill')} about={<bdi>{where}</bdi>} close={states('close')} className="max-w-xl">
      <div className="border-b px-5 py-3">
        <Field
          label={t('fillMinutes')}
          type="number"
          min={STEP}
          max={720}
          step={STEP}
          value={minutes}
          onChange={event => setMinutes(Number(event.target.value))}
          className="w-32"
        />
      </div>
      <div className="min-h-32 overflow-y-auto">
        {over && <p className="px-5 py-6 text-muted-foreground text-sm">{said('timeOver')}</p>}
        {!over && (
          <Answer to={found} compact>
            {list =>
              list.length === 0 ? (
                <p className="px-5 py-6 text-muted-foreground text-sm">{t('fillNobody')}</p>
              ) : (
                <ol>
                  {list.map((one, place) => (
                    <li
                      key={one.waitlist_entry_id ?? one.recall_id}
                      className="flex items-start gap-3 border-t px-5 py-3 text-sm first:border-t-0"
                    >
                      <span aria-hidden className="w-5 pt-0.5 text-end text-muted-foreground tabular-nums">
                        {place + 1}
                      </span>
                      <span className="me-auto grid min-w-0 gap-0.5">
                        <bdi className="font-medium">
                          {one.patient.first_name} {one.patient.last_name}
                        </bdi>
                        <span className="text-muted-foreground text-xs">
                          <bdi>{one.service_name}</bdi> · {one.duration_minutes} {t('minutes')} ·{' '}
                          {t(one.recall_id ? 'fillDue' : 'fillWaits', { day: writing.day(one.since) })}
                        </span>
                        <Why of={one} />
                        {one.patient.phone && (
                          <bdi dir="ltr" className="w-fit text-xs">
                            {one.patient.phone}
                          </bdi>
                        )}
                      </span>
                      <Button
                        size="sm"
                        variant={place === 0 ? 'default' : 'outline'}
                        autoFocus={place === 0}
                        onClick={() => take(one)}
                      >
                        {t(one.instead_of ? 'fillCarry' : 'fillBook')}
                        <span className="sr-only">
                          {one.patient.first_name} {one.patient.last_name}
                        </span>
                      </Button>
                    </li>
                  ))}
                </ol>
              )
            }
          </Answer>
        )}
      </div>
    </Dialog>
  )
}

const AGAINST = ['misses', 'tried', 'no_phone', 'do_not_contact']

/** What their place in the list came of. */
function Why({ of }: { of: Candidate }) {
  const t = useTranslations('openings')
  return (
    <span className="flex flex-wrap gap-x-2 text-xs">
      {of.reasons.map(reason => (
        <span key={reason} className={AGAINST.includes(reason) ? 'text-warn' : 'text-muted-foreground'}>
          {t(`fillReasons.${reason}`)}
        </span>
      ))}
    </span>
  )
}

/** Until somebody or something else is there. */
function freeFor(schedule: Known, at: Slot) {
  let minutes = STEP
  while (minutes < LONGEST && isFree(schedule, { slot: { ...at, duration_minutes: minutes + STEP } })) minutes += STEP
  return minutes
}
