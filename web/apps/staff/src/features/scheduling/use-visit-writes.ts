import { type Appointment, type DayPatient, type DayVisit, isRefused, type Service } from '@chairside/api'
import type { Place } from '@chairside/schedule'
import { notify, type Offer } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { clock, useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { type Frame, type Known, type Slot, slotOf } from './model'
import type { By, Resources } from './queries'
import { rememberBooked } from './reasons'
import { useStatusWord } from './status'
import { useDayWords } from './use-day-words'
import { annotate, book, cancel, LED_TO, type Overbooking, reschedule, type Step, take, takeBack } from './writes'

const SAID = { confirmation: 'didConfirm', arrival: 'arrived', seating: 'seated', 'no-show': 'missed' } as const
/** A taken time that somebody wants all the same: asks for the reason, then tries again with it. */
export type Insisting = { name: string; where: string; again: (over: Overbooking) => void }
/** As much of a visit as is needed to move it. */
export type Movable = Pick<DayVisit, 'id' | 'version' | 'starts_at' | 'duration_minutes' | 'provider_id' | 'operatory_id'> & {
  overbooking_reason?: string | null
  patient_id?: string
  service_id?: string | null
  calendar_id?: string | null
  group_session_id?: string | null
  patient: { name: string }
}

/** What can be done to a visit: it is shown at once, said when accepted, offered back for ten seconds. */
export function useVisitWrites(
  schedule: Known,
  day: Frame,
  resources: Resources,
  by: By,
  /** Where the visit is now, on this day or another. */
  onPlaced: (id: string, date: string, booked?: string) => void,
  /** A time became free that somebody else could have. */
  onFreed?: (slot: Slot) => void,
) {
  const t = useTranslations('schedule')
  const clinic = useSlug()
  const writing = useWriting()
  const words = useDayWords()
  const word = useStatusWord()
  const regret = useRegret()
  const tell = useTell()
  const [refused, setRefused] = useState<string>()
  const [insisting, insist] = useState<Insisting>()

  const where = (slot: Pick<Slot, 'starts_at' | 'operatory_id' | 'provider_id'>) => ({
    time: writing.time(slot.starts_at),
    column:
      (by === 'operatory' ? resources.operatories : resources.providers).find(one => one.id === slot[`${by}_id`])?.name ?? '',
  })
  /** The day, when it is another than today: a day one has leafed to by mistake should be noticed. */
  const dayIf = ({ starts_at }: Pick<Slot, 'starts_at'>) => {
    const date = writing.dateOf(starts_at)
    return date === writing.today.toString() ? undefined : words.short(date)
  }
  const spoken = (slot: Slot) => Object.values(where(slot)).join(' · ')

  type Attempt = { id: string; name: string; slot: Slot; again: (slot: Slot, over?: Overbooking) => void }

  /** Someone was faster: say so where the eye is, name what is free, and leave a way to insist. */
  function explain(error: unknown, { id, name, slot, again }: Attempt) {
    if (!isRefused(error, 'TimeTaken')) return regret(error)
    setRefused(id)
    setTimeout(() => setRefused(undefined), 600)
    const free = (error.problem.facts?.next_free ?? []).map(next => {
      const there = { ...slot, starts_at: next.starts_at, provider_id: next.provider_id, operatory_id: next.operatory_id }
      const sameDay = writing.dateOf(next.starts_at) === writing.dateOf(slot.starts_at)
      const on = sameDay ? '' : `${writing.dayOf(next.starts_at, { weekday: 'short', day: 'numeric', month: 'short' })} `
      return { label: on + spoken(there), run: () => again(there) }
    })
    const anyway = {
      label: t('bookAnyway'),
      run: () => insist({ name, where: spoken(slot), again: over => again(slot, over) }),
    }
    notify({
      tone: 'danger',
      title: t('taken', { name, time: [dayIf(slot), where(slot).time].filter(Boolean).join(' ') }),
      about: free.length ? t('takenAbout') : undefined,
      offers: [...free.slice(0, 3), anyway],
      stays: true,
    })
  }

  async function move(visit: Movable, slot: Slot, over?: Overbooking) {
    const { name } = visit.patient
    try {
      await send(reschedule(clinic, visit, slot, over))
      onPlaced(visit.id, writing.dateOf(slot.starts_at))
      // Back to a time that was overbooked on purpose goes with the purpose it had.
      const back = () => send(reschedule(clinic, visit, placeOf(visit), purposeOf(visit)))
      tell(t('moved', { name, ...where(slot) }), back, { about: dayIf(slot) })
    } catch (error) {
      explain(error, { id: visit.id, name, slot, again: (next, reason) => void move(visit, next, reason) })
    }
  }

  async function bookAt(slot: Slot, patient: DayPatient, service: Service, over?: Overbooking): Promise<Appointment | undefined> {
    try {
      const visit = await send(book(clinic, patient, service, slot, over))
      rememberBooked(clinic, service.id)
      onPlaced(visit.id, writing.dateOf(visit.starts_at), patient.id)
      const back = () => send(cancel(clinic, visit, t('reasons.undone')))
      tell(t('booked', { name: patient.name, ...where(slot) }), back, { about: dayIf(slot) })
      return visit
    } catch (error) {
      const again = (next: Slot, reason?: Overbooking) => void bookAt(next, patient, service, reason)
      explain(error, { id: '', name: patient.name, slot, again })
    }
  }

  async function doing(work: Promise<unknown>, title: string, back?: () => Promise<unknown>, offers?: Offer[]) {
    try {
      await work
      tell(title, back, { offers })
    } catch (error) {
      regret(error)
    }
  }

  return {
    refused,
    insisting,
    stopInsisting: () => insist(undefined),
    where,
    placed: onPlaced,
    /** `asLong`: only its place changes, however long it is drawn there. */
    place(visit: Movable, to: Place, asLong = true) {
      const minutes = asLong ? visit.duration_minutes : undefined
      return move(visit, slotOf(schedule, day, by, to, resources, { ...visit, minutes }))
    },
    take: (visit: DayVisit, step: Step) =>
      doing(send(take(clinic, visit, step)), t(SAID[step], { name: visit.patient.name }), () =>
        send(takeBack(clinic, visit, step, visit)),
      ),
    /** The last step, whoever took it today; a completion is asked about first (`UndoDialog`). */
    takeBack: (visit: DayVisit, step: Step) =>
      doing(send(takeBack(clinic, visit, step)), t('tookBack', { name: visit.patient.name, step: word(LED_TO[step]) }), () =>
        send(take(clinic, visit, step)),
      ),
    cancel: (visit: DayVisit, reason: string) =>
      doing(
        send(cancel(clinic, visit, reason)),
        t('cancelled', { name: visit.patient.name }),
        () => send(takeBack(clinic, visit, 'cancellation', visit)),
        onFreed && Date.parse(visit.starts_at) > clock().getTime()
          ? [{ label: t('fillTime'), run: () => onFreed(placeOf(visit)) }]
          : [],
      ),
    annotate: (visit: DayVisit, notes: string | null) =>
      doing(send(annotate(clinic, visit, notes)), t('noted', { name: visit.patient.name }), () =>
        send(annotate(clinic, visit, visit.notes)),
      ),
    book: bookAt,
    move,
  }
}

const placeOf = ({ starts_at, duration_minutes, provider_id, operatory_id }: Movable): Slot => ({
  starts_at,
  duration_minutes,
  provider_id,
  operatory_id,
})

const purposeOf = ({ overbooking_reason }: Movable): Overbooking => (overbooking_reason ? { overbooking_reason } : {})
