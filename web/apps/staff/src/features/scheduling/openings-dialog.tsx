import type { Opening } from '@chairside/api'
import { strokeOf } from '@chairside/commands'
import { Button, cn, Dialog, Empty, Field, Loading, Segmented, useWhenSettled } from '@chairside/ui'
import { parseDate } from '@internationalized/date'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { CalendarX2 } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { calendarsQuery } from './calendars/queries'
import { OpeningsList } from './openings-list'
import { openingsQuery, type Resources, type Sought } from './queries'
import type { Movable } from './use-visit-writes'
import { WhyNot } from './why-not'

const PARTS = {
  anyTime: {},
  morning: { latest: '12:00' },
  afternoon: { earliest: '12:00', latest: '17:00' },
  evening: { earliest: '17:00' },
}
type Part = keyof typeof PARTS
const DAYS = 56

export type OpeningsProps = {
  resources: Resources
  /** Where to begin to look: the day on the screen. */
  date: string
  /** The visit that needs another time. */
  moved?: Movable
  patient?: string
  onTake: (opening: Opening, service: string | undefined, minutes: number, calendar: string | undefined) => void
  onVisit: (id: string, date: string) => void
  onClose: () => void
}

/** The next times at which everybody is free. Enter in a field takes the first; the arrows go from one to the next. */
export default function OpeningsDialog({ resources, date, moved, patient, onTake, onVisit, onClose }: OpeningsProps) {
  const t = useTranslations('openings')
  const schedule = useTranslations('schedule')
  const states = useTranslations('states')
  const clinic = useSlug()
  const { today, day } = useWriting()
  // A seat goes to another session of its calendar.
  const seatOf = moved?.group_session_id ? (moved.calendar_id ?? '') : ''
  const [calendar, setCalendar] = useState(seatOf)
  const calendars = (useQuery({ ...calendarsQuery(clinic), enabled: !moved }).data ?? []).filter(one => one.active)
  const by = calendars.find(one => one.id === calendar)
  const services = resources.services.filter(one => one.active && (!by || by.service_ids.includes(one.id)))
  const providers = by
    ? resources.providers.filter(one => by.providers.some(each => each.provider_id === one.id))
    : resources.providers.filter(one => !one.assists || one.id === moved?.provider_id)
  const begin = parseDate(date).compare(today) < 0 ? today.toString() : date
  const [service, setService] = useState(moved ? (moved.service_id ?? '') : (services[0]?.id ?? ''))
  const [minutes, setMinutes] = useState(moved?.duration_minutes.toString() ?? '')
  const [provider, setProvider] = useState(seatOf ? '' : (moved?.provider_id ?? ''))
  const [operatory, setOperatory] = useState('')
  const [from, setFrom] = useState(begin)
  const [part, setPart] = useState<Part>('anyTime')
  const box = useRef<HTMLDivElement>(null)

  const length = /^[0-9]+$/.test(minutes) ? Number(minutes) : undefined
  const isOff = minutes !== '' && (length === undefined || length < 5 || length > 720)
  const usual = services.find(one => one.id === service)?.duration_minutes
  const sought: Sought = {
    calendar_id: calendar || undefined,
    service_id: service || undefined,
    duration_minutes: isOff ? undefined : length,
    provider_id: provider ? [provider] : undefined,
    operatory_id: operatory || undefined,
    patient_id: moved?.patient_id ?? patient,
    appointment_id: moved?.id,
  }
  const to = parseDate(from).add({ days: DAYS }).toString()
  const openings = useInfiniteQuery({
    ...openingsQuery(clinic, sought, { from, to, ...PARTS[part] }),
    enabled: !isOff && !!(service || length),
  })
  const slots = openings.data?.pages.flatMap(page => page.slots)
  const take = (opening: Opening) =>
    onTake(
      opening,
      service || undefined,
      (Date.parse(opening.ends_at) - Date.parse(opening.starts_at)) / 60_000,
      calendar || undefined,
    )
  // Enter before the answer is there takes the first of exactly that answer.
  const asked = JSON.stringify([sought, from, part])
  const first = useWhenSettled(asked, !!slots && !openings.isFetching, () => slots?.[0] && take(slots[0]))
  const wide = !provider && !operatory && part === 'anyTime'
  const widen = () => {
    setProvider('')
    setOperatory('')
    setPart('anyTime')
  }
  const choices = (list: { id: string; name: string; active: boolean }[]): [string, string][] =>
    list.filter(one => one.active).map(one => [one.id, one.name])

  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title')}
      about={moved ? moved.patient.name : t('about')}
      close={states('close')}
      className="max-w-3xl"
    >
      <form
        noValidate
        className="flex min-h-0 flex-1 flex-col"
        onSubmit={event => {
          event.preventDefault()
          first.enter()
        }}
        onKeyDown={event => {
          // Of a list no browser makes a submit.
          if (strokeOf(event.nativeEvent) !== 'Enter' || !(event.target instanceof HTMLSelectElement)) return
          event.preventDefault()
          first.enter()
        }}
      >
        <div className="grid grid-cols-6 items-end gap-3 border-b px-5 pt-3 pb-4 max-sm:grid-cols-2">
          {calendars.length > 0 && (
            <Field
              className="col-span-6 max-sm:col-span-2"
              label={t('by')}
              value={calendar}
              choices={[['', t('noCalendar')], ...choices(calendars)]}
              onChange={event => {
                const next = calendars.find(one => one.id === event.target.value)
                setCalendar(next?.id ?? '')
                if (next && !next.service_ids.includes(service)) setService(next.service_ids[0] ?? '')
                if (next && !next.providers.some(one => one.provider_id === provider)) setProvider('')
              }}
            />
          )}
          {moved ? null : (
            <Field
              className="col-span-3 max-sm:col-span-2"
              label={schedule('what')}
              autoFocus
              value={service}
              choices={services.map(one => [one.id, one.name])}
              onChange={event => setService(event.target.value)}
            />
          )}
          <Field
            className={moved ? 'col-span-2' : ''}
            label={t('length')}
            inputMode="numeric"
            value={minutes}
            placeholder={usual?.toString()}
            end={t('minutes')}
            error={isOff ? `${schedule('minutes', { count: 5 })} – ${schedule('minutes', { count: 720 })}` : undefined}
            onChange={event => setMinutes(event.target.value.trim())}
          />
          <Field
            className="col-span-2 max-sm:col-span-1"
            label={t('from')}
            type="date"
            required
            min={today.toString()}
            value={from}
            onChange={event => event.target.value && setFrom(event.target.value)}
          />
          <Field
            className="col-span-3 max-sm:col-span-1"
            label={t('with')}
            value={provider}
            choices={[['', t('anybody')], ...choices(providers)]}
            onChange={event => setProvider(event.target.value)}
          />
          <Field
            className="col-span-3 max-sm:col-span-1"
            label={t('where')}
            value={operatory}
            choices={[['', t('anywhere')], ...choices(resources.operatories)]}
            onChange={event => setOperatory(event.target.value)}
          />
          <Segmented
            className="col-span-6 justify-self-start max-sm:col-span-2"
            label={t('part')}
            value={part}
            onChange={next => setPart(next as Part)}
            choices={(Object.keys(PARTS) as Part[]).map(value => ({ value, label: t(value) }))}
          />
        </div>
        <div ref={box} className={cn('min-h-32 flex-1 overflow-y-auto px-5 py-3', openings.isFetching && 'opacity-70')}>
          <Answer to={{ ...openings, data: slots }} loading={<Loading label={states('loading')} rows={4} />}>
            {found =>
              found.length ? (
                <>
                  <OpeningsList slots={found} resources={resources} onTake={take} />
                  {openings.hasNextPage && (
                    <Button variant="outline" size="sm" className="mt-3" onClick={() => void openings.fetchNextPage()}>
                      {t('later')}
                    </Button>
                  )}
                </>
              ) : (
                <Empty
                  icon={CalendarX2}
                  title={t('none')}
                  about={t('noneAbout', { day: day(from), minutes: length ?? usual ?? 0 })}
                >
                  {!wide && <Button onClick={widen}>{t('widen')}</Button>}
                  <Button variant="outline" onClick={() => setFrom(parseDate(to).add({ days: 1 }).toString())}>
                    {t('further')}
                  </Button>
                </Empty>
              )
            }
          </Answer>
        </div>
        <WhyNot sought={sought} date={from} enabled={!isOff} onVisit={onVisit} />
      </form>
    </Dialog>
  )
}
