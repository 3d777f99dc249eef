import type { Schedule } from '@chairside/api'
import { freeAt, Grid, itemAt, type Place, useMoving } from '@chairside/schedule'
import { announce, Banner, Button, Dialog, Empty } from '@chairside/ui'
import { parseDate } from '@internationalized/date'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { MousePointerClick, Move, X } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf, patientQuery } from '@/features/patients'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { usePreferences } from '@/lib/preferences'
import { useNow, useWide } from '@/lib/screen'
import { useWaiting } from '@/lib/server'
import { Agenda } from './agenda'
import { BoardDialogs, type Completing, type Open } from './board-dialogs'
import { CarryingBar, useCarrying, useLanding } from './carrying'
import { ColumnHead } from './column-head'
import { firstFree, isFree } from './free'
import { Legend } from './legend'
import { dayOf, slotOf, spanOf, type Visit } from './model'
import type { By, Resources } from './queries'
import type { ScheduleSearch } from './schedule-screen'
import { useStatusWord } from './status'
import { Toolbar } from './toolbar'
import { useBoardCommands, verbsOf } from './use-board-commands'
import { useDayWords } from './use-day-words'
import { useVisitWrites } from './use-visit-writes'
import { VisitCard } from './visit-card'
import { VisitNotes } from './visit-notes'
import { VisitPanel } from './visit-panel'
import { foresee } from './writes'

type BoardProps = {
  date: string
  by: By
  search: ScheduleSearch
  said: Schedule
  resources: Resources
  completing?: Completing
  children: ReactNode
}

/** One day: the grid or the agenda, the chosen visit beside it, and everything that can be done with either. */
export function Board({ date, by, search, said, resources, completing, children }: BoardProps) {
  const t = useTranslations('schedule')
  const { view = 'day' } = search
  const clinic = useSlug()
  const writing = useWriting()
  const mayBook = useMay('scheduling.book', 'scheduling.book_own')
  const mayCharge = useMay('billing.charge')
  const word = useStatusWord()
  const navigate = useNavigate({ from: '/c/$clinic/schedule' })
  const compact = usePreferences().density === 'compact'
  const now = useNow()
  const wide = useWide()
  const waiting = useWaiting()
  const schedule = useMemo(() => foresee(said, waiting), [said, waiting])
  const day = useMemo(() => dayOf(schedule, resources, by, now), [schedule, resources, by, now])
  const [opens] = spanOf(schedule)
  const timeAt = (minute: number) => writing.time(opens + minute * 60_000)
  const spot = (place: Place) => ({
    time: writing.range(opens + place.start * 60_000, opens + (place.start + place.length) * 60_000),
    column: day.columns[place.column]?.title ?? '',
  })
  const whereOf = ({ visit }: Visit) =>
    [
      resources.operatories.find(one => one.id === visit.operatory_id)?.name,
      resources.providers.find(one => one.id === visit.provider_id)?.name,
    ]
      .filter(Boolean)
      .join(' · ')

  const chosen = day.items.find(item => item.id === search.visit)
  const wanted = useQuery({ ...patientQuery(clinic, search.patient ?? ''), enabled: !!search.patient }).data
  const fits = (place: Place) => isFree(schedule, { slot: slotOf(schedule, day, by, place, resources) })
  const [free, setFree] = useState<Place | Visit>(() => firstFree(day, undefined, { fits }))
  /** Where the cursor stands by itself; the first arrow or click makes it somebody's choice. */
  const [proposed, propose] = useState(true)
  const stood = 'id' in free ? day.items.find(item => item.id === free.id) : undefined
  const cursor = chosen ?? stood ?? freeAt(day, free.column, free.start) ?? itemAt(day, free.column, free.start) ?? free
  const [open, setOpen] = useState<Open>()
  const body = useRef<HTMLDivElement>(null)
  const scroller = useRef<HTMLDivElement>(null)

  const set = (next: Partial<ScheduleSearch>) => navigate({ search: old => ({ ...old, ...next }), replace: true })
  const openPatient = (item: Visit) =>
    navigate({ to: '/c/$clinic/patients/$patient', params: { clinic, patient: item.visit.patient_id }, search: {} })
  const writes = useVisitWrites(schedule, day, resources, by, (id, on, patient) => {
    // Whoever had to be given a time has it now.
    navigate({
      search: old => ({
        ...old,
        visit: id,
        date: on === date ? old.date : on,
        patient: old.patient === patient ? undefined : old.patient,
      }),
      replace: true,
    })
  })
  const moving = useMoving({
    day,
    body,
    onPlace: (id, place) => {
      const item = day.items.find(one => one.id === id)
      if (item) void writes.place(item.visit, place)
    },
    onPreview: (item, place) => announce(t('preview', { name: (item as Visit).visit.patient.name, ...spot(place) })),
    mayMove: item => mayBook && movable(item as Visit),
  })
  const carrying = useCarrying(search.carry)
  const isFull = useLanding(carrying, schedule, day, { by, resources, body, onFree: setFree })
  const book = (place?: Place) => {
    const isTaken = !place && !!itemAt(day, cursor.column, cursor.start)
    const at = place ?? (isTaken ? firstFree(day, cursor, { fits }) : cursor)
    if (mayBook) setOpen({ kind: 'book', at, proposed: isTaken || (!place && proposed) })
  }
  const put = (place: Place = cursor) => {
    if (!carrying) return
    set({ carry: undefined, visit: carrying.id })
    void writes.place(carrying, { ...place, length: carrying.duration_minutes })
  }
  const verbs = verbsOf(
    chosen,
    { t, word, may: mayBook, isToday: at => writing.dateOf(at) === writing.today.toString() },
    {
      take: writes.take,
      cancel: item => setOpen({ kind: 'cancel', item }),
      complete: completing && (item => setOpen({ kind: 'complete', item })),
      carry: item => set({ carry: item.id, visit: undefined }),
      takeBack:
        chosen?.status === 'completed' && !mayCharge
          ? undefined
          : (item, step) => (step === 'completion' ? setOpen({ kind: 'undo', item }) : void writes.takeBack(item.visit, step)),
      move(item) {
        moving.begin(item)
        body.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
      },
    },
  )
  useBoardCommands({ date, chosen, verbs, set, book: mayBook ? book : undefined, openPatient, put: carrying && put })

  // Whoever closed a dialog stands on what came of it; in the grid the focus is where the choice is.
  const chosenId = chosen?.id
  useEffect(() => {
    const lost = document.activeElement === document.body || body.current?.contains(document.activeElement)
    if (chosenId && lost) body.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [chosenId])
  useEffect(() => {
    const line = scroller.current?.querySelector<HTMLElement>('.day-now')
    if (line && scroller.current) scroller.current.scrollTop = Math.max(0, line.offsetTop - scroller.current.clientHeight * 0.35)
  }, [])

  const title = useDayWords().full(parseDate(date))
  const panel = chosen && (
    <VisitPanel
      item={chosen}
      verbs={verbs}
      where={whereOf(chosen)}
      notes={
        <VisitNotes
          key={chosen.id}
          visit={chosen.visit}
          onSave={mayBook ? notes => writes.annotate(chosen.visit, notes) : undefined}
        />
      }
    />
  )
  return (
    <div className="relative flex h-full min-h-0 flex-col">
      <title>{`${title} · ${t('title')}`}</title>
      <Toolbar
        date={parseDate(date)}
        count={day.items.length}
        view={view}
        by={by}
        onDate={next => set({ date: next, visit: undefined })}
        onView={next => set({ view: next as 'day' })}
        onBy={next => set({ by: next as By, visit: undefined })}
        onBook={mayBook ? () => book() : undefined}
      />
      {children}
      {said.holiday && <Banner tone="info" title={t('holiday', { name: said.holiday })} className="rounded-none border-b" />}
      {wanted && (
        <Banner
          tone="info"
          title={t('pickTime', { name: nameOf(wanted) })}
          className="relative min-h-10 shrink-0 items-center rounded-none border-b py-1 pe-32"
        >
          <Button size="sm" variant="ghost" className="absolute end-3 top-1.5" onClick={() => set({ patient: undefined })}>
            <X aria-hidden /> {t('leaveBooking')}
          </Button>
        </Banner>
      )}
      {moving.moving?.by === 'keys' && (
        <p className="absolute inset-x-0 bottom-0 z-20 flex items-center gap-2 bg-primary px-4 py-2 text-primary-foreground text-sm">
          <Move aria-hidden className="size-4" />
          <b className="font-semibold">{t('moving', { name: (moving.moving.item as Visit).visit.patient.name })}</b>
          <bdi dir="ltr" className="rounded bg-primary-foreground/15 px-1.5">
            {spot(moving.moving.place).time}
          </bdi>
          <span className="max-md:hidden">{t('movingHow')}</span>
        </p>
      )}
      {carrying && !moving.moving && (
        <CarryingBar
          name={carrying.patient.name}
          isFull={isFull}
          minutes={carrying.duration_minutes}
          onPut={() => put()}
          onLeave={() => set({ carry: undefined })}
        />
      )}
      <div className="flex min-h-0 flex-1">
        <section
          ref={scroller}
          tabIndex={view === 'agenda' ? 0 : undefined}
          aria-label={title}
          className="relative min-w-0 flex-1 overflow-auto"
        >
          {view === 'agenda' ? (
            <Agenda
              items={day.items}
              whereOf={whereOf}
              date={title}
              selected={chosen?.id}
              onSelect={item => set({ visit: item.id === chosen?.id ? undefined : item.id })}
              onBook={mayBook ? () => book() : undefined}
            />
          ) : (
            <Grid
              day={day}
              cursor={cursor}
              selected={chosen?.id}
              refused={writes.refused}
              moving={moving}
              body={body}
              timeAt={timeAt}
              hourAt={minute => writing.hour(opens + minute * 60_000)}
              onCursor={(place, item) => {
                setFree(item ?? place)
                propose(!!item)
                if (item?.id !== search.visit) set({ visit: item?.id })
              }}
              onOpen={(place, item) => (item ? openPatient(item) : carrying ? put(place) : book(place))}
              renderItem={(item, place) => (
                <VisitCard
                  item={item}
                  place={place}
                  range={spot(place).time}
                  column={spot(place).column}
                  saving={waiting.some(one => one.thing === item.id)}
                  compact={compact}
                />
              )}
              renderHead={index => <ColumnHead day={day} index={index} />}
              words={{
                day: t('day', { date: title }),
                how: t('how'),
                // Begins with what stands there.
                free: place => t('free', { ...spot(place), time: timeAt(place.start), minutes: place.length }),
              }}
            />
          )}
        </section>
        <aside aria-label={t('details')} className="w-72 shrink-0 overflow-y-auto border-s max-lg:hidden">
          {panel ?? (
            <>
              <Empty icon={MousePointerClick} title={t('select')} about={t(mayBook ? 'selectAbout' : 'selectOnly')} />
              <Legend />
            </>
          )}
        </aside>
      </div>
      <Dialog
        open={!!panel && !wide && !moving.moving && !open && !writes.insisting}
        onClose={() => set({ visit: undefined })}
        at="bottom"
        title={t('details')}
        titleHidden
      >
        {panel}
      </Dialog>
      <BoardDialogs
        open={open}
        onClose={() => setOpen(undefined)}
        patient={wanted}
        {...{ schedule, day, by, resources, writes, timeAt, completing }}
      />
    </div>
  )
}

const movable = ({ status }: Visit) => !['completed', 'no_show', 'cancelled'].includes(status)
