import type { Schedule } from '@chairside/api'
import { freeAt, itemAt, type Place, useMoving } from '@chairside/schedule'
import { announce } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { patientQuery } from '@/features/patients'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { useNow } from '@/lib/screen'
import { useWaiting } from '@/lib/server'
import type { Completing, Open } from './board-dialogs'
import { useCarrying, useLanding } from './carrying'
import { firstFree, isFree } from './free'
import { useSessionWrites } from './groups/use-session-writes'
import { type Frame, type Known, type Slot, slotOf, type Visit } from './model'
import { type By, type Resources, slipOf } from './queries'
import type { ScheduleSearch } from './schedule-screen'
import { useStatusWord } from './status'
import { verbsOf } from './use-board-commands'
import { usePlaces } from './use-places'
import { useVisitWrites } from './use-visit-writes'
import { useWhose } from './use-whose'
import { foresee } from './writes'

export type BoardOptions<S extends Known> = {
  date: string
  by: By
  search: ScheduleSearch
  said: S
  resources: Resources
  completing?: Completing
  /** From what is known now to what is drawn. */
  frameOf: (said: S, now: number) => Frame
  /** The first and the last day that is drawn. */
  shows: (date: string) => boolean
}
export type Board = ReturnType<typeof useBoard>

/** What the address names: what is drawn, or a seat of a session that is; and what is drawn of it. */
function chosenOf(frame: Frame, id: string | undefined): { chosen?: Visit; block?: Visit } {
  for (const item of id ? frame.items : []) {
    const chosen = item.id === id ? item : item.seats?.find(seat => seat.id === id)
    if (chosen) return { chosen, block: item }
  }
  return {}
}

const movable = ({ status }: Visit) => !['completed', 'no_show', 'cancelled'].includes(status)

/** What is drawn and chosen, and what can be done with it, for every view of the schedule. */
export function useBoard<S extends Pick<Schedule, 'appointments' | 'shifts'>>(options: BoardOptions<S>) {
  const { date, by, search, said, resources, completing, frameOf, shows } = options
  const t = useTranslations('schedule')
  const clinic = useSlug()
  const writing = useWriting()
  const { mayBook, mayBookFor, bookable = resources } = useWhose(resources)
  const mayCharge = useMay('billing.charge')
  const word = useStatusWord()
  const navigate = useNavigate({ from: '/c/$clinic/schedule' })
  const now = useNow()
  const waiting = useWaiting()
  const known = useMemo(() => foresee(said, waiting), [said, waiting])
  const frame = useMemo(() => frameOf(known, now), [known, frameOf, now])
  const places = usePlaces(frame, by, resources)
  const { spot } = places

  const { chosen, block: blockOf } = useMemo(() => chosenOf(frame, search.visit), [frame, search.visit])
  const wanted = useQuery({ ...patientQuery(clinic, search.patient ?? ''), enabled: !!search.patient }).data
  const slotAt = (place: Place) => slotOf(known, frame, by, place, bookable)
  const fits = (place: Place) => mayBookFor(slotAt(place).provider_id) && isFree(known, { slot: slotAt(place) })
  const [free, setFree] = useState<Place | Visit>(() => firstFree(frame, undefined, { fits }))
  /** Where the cursor stands by itself; the first arrow or click makes it somebody's choice. */
  const [proposed, propose] = useState(true)
  const stood = 'id' in free ? frame.items.find(item => item.id === free.id) : undefined
  const cursor = blockOf ?? stood ?? freeAt(frame, free.column, free.start) ?? itemAt(frame, free.column, free.start) ?? free
  const [open, setOpen] = useState<Open>()
  const body = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)

  const set = (next: Partial<ScheduleSearch>) => navigate({ search: old => ({ ...old, ...next }), replace: true })
  const openPatient = (item: Visit) =>
    // Of a session there is no chart: it opens beside the day.
    item.session
      ? set({ visit: item.id })
      : navigate({ to: '/c/$clinic/patients/$patient', params: { clinic, patient: item.visit.patient_id }, search: {} })
  const placed = (id: string, on: string, patient?: string) =>
    // Whoever had to be given a time has it now.
    navigate({
      search: old => ({
        ...old,
        visit: id,
        date: shows(on) ? old.date : on,
        patient: old.patient === patient ? undefined : old.patient,
        service: old.patient === patient ? undefined : old.service,
      }),
      replace: true,
    })
  const maySeeWhoWaits = useMay('recalls.read')
  const freed = mayBook && maySeeWhoWaits ? (slot: Slot) => setOpen({ kind: 'freed', slot }) : undefined
  const printSlip = (item: Visit) => void window.open(slipOf(clinic, item.id), '_blank')
  const writes = useVisitWrites(known, frame, resources, by, placed, freed)
  const sessions = useSessionWrites((id, on) => placed(id, on))
  const moving = useMoving<Visit>({
    day: frame,
    body,
    scroller,
    onPlace: (item, place) =>
      void (item.session
        ? sessions.move(item, slotOf(known, frame, by, { ...place, length: item.length }, resources, item.visit))
        : writes.place(item.visit, place, place.length === item.length)),
    onPreview: (item, place) => announce(t('preview', { name: item.visit.patient.name, ...spot(place) })),
    say: place => `${spot(place).time} · ${spot(place).column}`,
    mayMove: item => mayBookFor(item.visit.provider_id) && movable(item),
  })
  const carrying = useCarrying(search.carry)
  const isFull = useLanding(carrying, known, frame, { by, resources, body, onFree: setFree })
  const join = (item: Visit) => {
    if (mayBookFor(item.visit.provider_id)) setOpen({ kind: 'join', item })
  }
  const book = (place?: Place) => {
    const there = place ? undefined : itemAt(frame, cursor.column, cursor.start)
    if (there?.session) return join(there)
    const isTaken = !!there
    const at = place ?? (isTaken ? firstFree(frame, cursor, { fits }) : cursor)
    if (mayBookFor(slotAt(at).provider_id)) setOpen({ kind: 'book', at, proposed: isTaken || (!place && proposed) })
  }
  const block = () => setOpen({ kind: 'block', at: cursor })
  const fill = () => {
    const isTaken = !!itemAt(frame, cursor.column, cursor.start)
    setOpen({ kind: 'fill', at: isTaken ? firstFree(frame, cursor, { fits }) : cursor })
  }
  const openGroup = () => setOpen({ kind: 'open-session', at: cursor })
  const find = () => setOpen({ kind: 'find' })
  const views = () => setOpen({ kind: 'views' })
  const put = (place: Place = cursor) => {
    if (!carrying) return
    set({ carry: undefined, visit: carrying.id })
    void writes.place(carrying, { ...place, length: carrying.duration_minutes })
  }
  const begin = (grip: 'move' | 'resize') => (item: Visit) => {
    moving.begin(item, grip)
    body.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }
  const verbs = verbsOf(
    chosen,
    {
      t,
      word,
      may: !!chosen && mayBookFor(chosen.visit.provider_id),
      isToday: at => writing.dateOf(at) === writing.today.toString(),
    },
    {
      take: writes.take,
      cancel: item => setOpen({ kind: 'cancel', item }),
      complete: completing && (item => setOpen({ kind: 'complete', item })),
      carry: item => set({ carry: item.id, visit: undefined }),
      takeBack:
        chosen?.status === 'completed' && !mayCharge
          ? undefined
          : (item, step) => {
              if (step === 'completion') setOpen({ kind: 'undo', item })
              // What is cancelled is not on the board: it comes back from the patient's visits.
              else if (step !== 'cancellation') void writes.takeBack(item.visit, step)
            },
      move: item => (item.session || !item.visit.group_session_id ? begin('move')(item) : setOpen({ kind: 'move-seat', item })),
      stretch: begin('resize'),
      join,
      cancelSession: item => setOpen({ kind: 'cancel-session', item }),
    },
  )

  // Whoever closed a dialog stands on what came of it; in the grid the focus is where the choice is.
  const chosenId = chosen?.id
  useEffect(() => {
    const lost = document.activeElement === document.body || body.current?.contains(document.activeElement)
    if (chosenId && lost) body.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [chosenId])
  useEffect(() => {
    // Of a week that does not fit, the columns of today.
    scroller.current?.querySelector('.day-today')?.scrollIntoView({ block: 'nearest', inline: 'center' })
    const line = scroller.current?.querySelector<HTMLElement>('.day-now, .day-free')
    if (line && scroller.current) scroller.current.scrollTop = Math.max(0, line.offsetTop - scroller.current.clientHeight * 0.35)
  }, [])

  return {
    ...places,
    ...{
      date,
      by,
      search,
      known,
      frame,
      resources,
      completing,
      waiting,
      mayBook,
      mayBookFor,
      bookable,
      chosen,
      block: blockOf,
      wanted,
      cursor,
      verbs,
      writes,
      sessions,
      moving,
    },
    ...{ carrying, isFull, open, setOpen, body, scroller, set, book, find, views, openGroup, fill, put, openPatient, printSlip },
    blockTime: block,
    goTo(place: Place, item?: Visit) {
      setFree(item ?? place)
      propose(!!item)
      if (item?.id !== search.visit) set({ visit: item?.id })
    },
    act: (place: Place, item?: Visit) => (item ? openPatient(item) : carrying ? put(place) : book(place)),
  }
}
