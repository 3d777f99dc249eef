import { strokeOf } from '@chairside/commands'
import { Button, Dialog, DialogFoot, Empty, Field, Kbd, Loading } from '@chairside/ui'
import { parseDate, parseTime, toCalendarDateTime, toZoned } from '@internationalized/date'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { UsersRound } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { TimeField } from '@/lib/time-field'
import { calendarsQuery } from '../calendars/queries'
import type { Slot } from '../model'
import type { Resources } from '../queries'
import { cancelSession, openSession } from './writes'

type OpenProps = { at: Slot; resources: Resources; onOpened: (id: string, date: string) => void; onClose: () => void }

/** A session of a group, empty: whoever is booked by its calendar at that time takes a seat of it. */
export default function OpenDialog({ at, resources, onOpened, onClose }: OpenProps) {
  const t = useTranslations('groups')
  const states = useTranslations('states')
  const schedule = useTranslations('schedule')
  const clinic = useSlug()
  const writing = useWriting()
  const regret = useRegret()
  const tell = useTell()
  const maySetUp = useMay('clinic.write')
  const calendars = useQuery(calendarsQuery(clinic))
  const groups = calendars.data?.filter(one => one.active && one.capacity > 1)
  const clockOf = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: writing.timezone })
  const [chosen, setCalendar] = useState('')
  const [date, setDate] = useState(writing.dateOf(at.starts_at))
  const [time, setTime] = useState(clockOf.format(Date.parse(at.starts_at)))
  const [who, setProvider] = useState<string>()
  const [seats, setSeats] = useState('')
  const calendar = groups?.find(one => one.id === chosen) ?? groups?.[0]
  const providers = resources.providers.filter(one => calendar?.providers.some(each => each.provider_id === one.id))
  const provider = who ?? (providers.some(one => one.id === at.provider_id) ? at.provider_id : '')
  const many = seats === '' ? calendar?.capacity : /^[0-9]+$/.test(seats) ? Number(seats) : 0
  const isOff = !many || many < 1 || many > 200

  async function open() {
    if (!calendar || isOff) return
    onClose()
    try {
      const starts_at = toZoned(toCalendarDateTime(parseDate(date), parseTime(time)), writing.timezone).toAbsoluteString()
      const body = { calendar_id: calendar.id, starts_at, provider_id: provider || undefined, capacity: many }
      const session = await send(openSession(clinic, body))
      onOpened(session.id, writing.dateOf(session.starts_at))
      const said = { name: session.name, time: writing.time(session.starts_at) }
      tell(t('opened', said), () => send(cancelSession(clinic, session, schedule('reasons.undone'))))
    } catch (error) {
      regret(error)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t('open')} about={t('openAbout')} close={states('close')} className="max-w-md">
      <Answer to={{ ...calendars, data: groups }} loading={<Loading label={states('loading')} rows={3} />}>
        {found =>
          found.length === 0 ? (
            <Empty icon={UsersRound} title={t('noCalendar')} about={t('noCalendarAbout')}>
              {maySetUp && (
                <Button asChild>
                  <Link to="/c/$clinic/admin/calendars" params={{ clinic }}>
                    {t('calendars')}
                  </Link>
                </Button>
              )}
            </Empty>
          ) : (
            <form
              noValidate
              className="flex min-h-0 flex-col"
              onSubmit={event => {
                event.preventDefault()
                void open()
              }}
              onKeyDown={event => {
                if (strokeOf(event.nativeEvent) !== 'Mod+Enter') return
                event.preventDefault()
                void open()
              }}
            >
              <div className="grid grid-cols-2 gap-3 overflow-y-auto px-5 pt-3 pb-4">
                <Field
                  className="col-span-2"
                  label={t('calendar')}
                  autoFocus
                  value={calendar?.id ?? ''}
                  choices={found.map(one => [one.id, one.name])}
                  onChange={event => setCalendar(event.target.value)}
                />
                <Field
                  label={t('day')}
                  type="date"
                  value={date}
                  onChange={event => event.target.value && setDate(event.target.value)}
                />
                <fieldset className="grid content-start gap-1.5">
                  <legend className="mb-1.5 font-medium text-sm">{schedule('time')}</legend>
                  <TimeField label={schedule('time')} value={time} onChange={setTime} className="h-9 w-full min-w-0" />
                </fieldset>
                <Field
                  label={schedule('provider')}
                  value={provider}
                  choices={[['', t('whoever')], ...providers.map((one): [string, string] => [one.id, one.name])]}
                  onChange={event => setProvider(event.target.value)}
                />
                <Field
                  label={t('seats')}
                  inputMode="numeric"
                  value={seats}
                  placeholder={calendar?.capacity.toString()}
                  error={isOff ? t('seatsWrong') : undefined}
                  onChange={event => setSeats(event.target.value.trim())}
                />
              </div>
              <DialogFoot>
                <Button variant="outline" onClick={onClose}>
                  {states('back')}
                </Button>
                <Button type="submit">
                  {t('open')} <Kbd keys="Mod+Enter" />
                </Button>
              </DialogFoot>
            </form>
          )
        }
      </Answer>
    </Dialog>
  )
}
