import type { DayVisit, Patient, Service } from '@chairside/api'
import { needWords } from '@chairside/i18n'
import { isOpen, type Place } from '@chairside/schedule'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { clock } from '@/lib/clinic'
import { BookDialog, type Offered, type Wish } from './book-dialog'
import { dayPatient } from './day-patient'
import type { Seats } from './found-dialog'
import { firstFree, isFree } from './free'
import type { useSessionWrites } from './groups/use-session-writes'
import { type Frame, type Known, type Slot, slotOf, type Visit } from './model'
import type { By, Resources } from './queries'
import { ReasonDialog } from './reason-dialog'
import type { ScheduleSearch } from './schedule-screen'
import type { Repeated } from './series/repeat-dialog'
import { useDayWords } from './use-day-words'
import type { Movable, useVisitWrites } from './use-visit-writes'

/** With its words, when somebody looks for a time. */
const OpeningsDialog = lazy(() => Promise.all([import('./openings-dialog'), needWords('openings')]).then(([module]) => module))

const FoundDialog = lazy(() => import('./found-dialog').then(module => ({ default: module.FoundDialog })))
const UndoDialog = lazy(() => import('./undo-dialog').then(module => ({ default: module.UndoDialog })))
const JoinDialog = lazy(() => import('./groups/join-dialog'))
const CancelDialog = lazy(() => import('./groups/cancel-dialog'))
const OpenDialog = lazy(() => Promise.all([import('./groups/open-dialog'), needWords('groups')]).then(([module]) => module))

const FillDialog = lazy(() => Promise.all([import('./fill-dialog'), needWords('openings')]).then(([module]) => module))

const BlockDialog = lazy(() => Promise.all([import('./block-dialog'), needWords('openings')]).then(([module]) => module))

const ViewsDialog = lazy(() => Promise.all([import('./views/views-dialog'), needWords('views')]).then(([module]) => module))
const WhyThere = lazy(() => Promise.all([import('./why-there'), needWords('openings')]).then(([module]) => module))

/** Reasons against a day are said as they are where somebody looks for a time. */
const RepeatDialog = lazy(() =>
  Promise.all([import('./series/repeat-dialog'), needWords('series'), needWords('openings')]).then(([module]) => module),
)

const CancelSeriesDialog = lazy(() =>
  Promise.all([import('./series/cancel-series-dialog'), needWords('series')]).then(([module]) => module),
)

const MoveSeriesDialog = lazy(() =>
  Promise.all([import('./series/move-series-dialog'), needWords('series')]).then(([module]) => module),
)

/** `proposed` by us, not chosen by whoever books: then the first time that is long enough for the reason is meant. */
export type Open =
  | { kind: 'book'; at: Place; proposed: boolean }
  | { kind: 'find' | 'views' }
  | { kind: 'block' | 'fill' | 'open-session'; at: Place }
  | { kind: 'freed'; slot: Slot }
  | { kind: 'found'; slot: Slot; service?: string; calendar?: string; seats?: Seats }
  | { kind: 'repeat'; of: Repeated }
  | { kind: 'join' | 'move-seat' | 'cancel-session'; item: Visit }
  | { kind: 'cancel' | 'cancel-series' | 'move-series' | 'complete' | 'undo'; item: Visit }

type Props = {
  open: Open | undefined
  onClose: () => void
  patient?: Patient
  /** The visit that needs another time. */
  carrying?: Movable
  onMoved: (id: string) => void
  onVisit: (id: string, date: string) => void
  onFound: (open: Open) => void
  onCarry: (id: string) => void
  search: ScheduleSearch
  onLook: (next: Partial<ScheduleSearch>) => void
  date: string
  /** The service that the patient is to be booked for. */
  reason?: string
  schedule: Known
  day: Frame
  by: By
  resources: Resources
  writes: ReturnType<typeof useVisitWrites>
  sessions: ReturnType<typeof useSessionWrites>
  timeAt: (place: Place) => string
  completing?: Completing
}

/** What was done is charged: the dialog comes from above. */
export type Completing = (visit: DayVisit, onClose: () => void) => ReactNode

/** What the board asks before it writes. */
export function BoardDialogs(props: Props) {
  const { open, onClose, patient, reason, schedule, day, by, resources, writes, timeAt, completing } = props
  const t = useTranslations('schedule')
  const words = useDayWords()
  const repeat = (who: Patient, service: Service, slot: Slot, hold_id?: string) => {
    const where = Object.values(writes.where(slot)).filter(Boolean).join(' · ')
    props.onFound({ kind: 'repeat', of: { patient: dayPatient(who), service, slot, where, hold_id } })
  }
  if (writes.insisting) {
    const { name, where, again } = writes.insisting
    return (
      <ReasonDialog
        title={t('overbook')}
        about={t('overbookAbout', { name, where })}
        common={[t('reasons.emergency'), t('reasons.short'), t('reasons.agreed')]}
        confirm={t('overbookConfirm')}
        onClose={writes.stopInsisting}
        onConfirm={reason => {
          writes.stopInsisting()
          again({ overbooking_reason: reason })
        }}
      />
    )
  }
  if (open?.kind === 'cancel') {
    const { visit } = open.item
    return (
      <ReasonDialog
        title={t('cancel')}
        about={t('cancelAbout', { name: visit.patient.name, time: writes.where(visit).time })}
        common={[t('reasons.patient'), t('reasons.ill'), t('reasons.practice'), t('reasons.moved')]}
        confirm={t('cancel')}
        danger
        onClose={onClose}
        onConfirm={reason => {
          onClose()
          void writes.cancel(visit, reason)
        }}
      />
    )
  }
  if (open?.kind === 'cancel-session') {
    return (
      <Suspense>
        <CancelDialog item={open.item} sessions={props.sessions} onClose={onClose} />
      </Suspense>
    )
  }
  if (open?.kind === 'join') {
    return (
      <Suspense>
        <JoinDialog item={open.item} {...{ onClose, patient, resources, writes }} />
      </Suspense>
    )
  }
  if (open?.kind === 'open-session') {
    return (
      <Suspense>
        <OpenDialog at={slotOf(schedule, day, by, open.at, resources)} onOpened={writes.placed} {...{ onClose, resources }} />
      </Suspense>
    )
  }
  if (open?.kind === 'cancel-series') {
    return (
      <Suspense>
        <CancelSeriesDialog visit={open.item.visit} onClose={onClose} />
      </Suspense>
    )
  }
  if (open?.kind === 'move-series') {
    return (
      <Suspense>
        <MoveSeriesDialog visit={open.item.visit} onMoved={writes.placed} onClose={onClose} />
      </Suspense>
    )
  }
  if (open?.kind === 'repeat') {
    return (
      <Suspense>
        <RepeatDialog of={open.of} onBooked={writes.placed} onClose={onClose} />
      </Suspense>
    )
  }
  if (open?.kind === 'complete') return completing?.(open.item.visit, onClose)
  if (open?.kind === 'undo') {
    return (
      <Suspense>
        <UndoDialog visit={open.item.visit} onClose={onClose} />
      </Suspense>
    )
  }
  if (open?.kind === 'find' || open?.kind === 'move-seat') {
    const carrying = open.kind === 'move-seat' ? open.item.visit : props.carrying
    return (
      <Suspense>
        <OpeningsDialog
          resources={resources}
          date={props.date}
          moved={carrying}
          patient={patient?.id}
          onClose={onClose}
          onVisit={(id, date) => {
            onClose()
            props.onVisit(id, date)
          }}
          onTake={({ starts_at, provider_id, operatory_id, seats_left, capacity }, service, duration_minutes, calendar) => {
            const slot = { starts_at, duration_minutes, provider_id, operatory_id }
            if (!carrying) {
              const seats = capacity === null ? undefined : { taken: capacity - (seats_left ?? 0), capacity }
              return props.onFound({ kind: 'found', slot, service, calendar, seats })
            }
            onClose()
            props.onMoved(carrying.id)
            void writes.move(carrying, { ...slot, operatory_id: operatory_id ?? carrying.operatory_id })
          }}
        />
      </Suspense>
    )
  }
  if (open?.kind === 'views') {
    return (
      <Suspense>
        <ViewsDialog search={props.search} onLook={props.onLook} {...{ resources, onClose }} />
      </Suspense>
    )
  }
  if (open?.kind === 'block') {
    return (
      <Suspense>
        <BlockDialog
          at={slotOf(schedule, day, by, open.at, resources)}
          {...{ onClose, resources, by }}
          taken={schedule.taken ?? []}
        />
      </Suspense>
    )
  }
  if (open?.kind === 'fill' || open?.kind === 'freed') {
    return (
      <Suspense>
        <FillDialog
          at={open.kind === 'freed' ? open.slot : slotOf(schedule, day, by, open.at, resources)}
          onCarry={props.onCarry}
          {...{ onClose, schedule, resources, writes }}
        />
      </Suspense>
    )
  }
  if (open?.kind === 'found') {
    const again = () => props.onFound({ kind: 'find' })
    return (
      <Suspense>
        <FoundDialog found={open} onGone={again} onRepeat={repeat} {...{ onClose, patient, resources, writes }} />
      </Suspense>
    )
  }
  if (open?.kind === 'book') {
    const others = by === 'operatory' ? resources.providers.filter(one => !one.assists) : resources.operatories
    const other = by === 'operatory' ? 'provider_id' : 'operatory_id'
    const own = by === 'operatory' ? resources.operatories : resources.providers
    const nameOfTrack = (id?: string) => own.find(one => one.id === id)?.name ?? ''
    const offer = ({ service, patient, otherId }: Wish): Offered => {
      const [before, after] = [service?.buffer_before_minutes, service?.buffer_after_minutes]
      const minutes = service?.duration_minutes ?? open.at.length
      const slotAt = (place: Place): Slot => {
        const slot = slotOf(schedule, day, by, { ...place, length: minutes }, resources)
        return otherId ? { ...slot, [other]: otherId } : slot
      }
      const fits = (place: Place) => isFree(schedule, { slot: slotAt(place), before, after, patient: patient?.id })
      const isLongEnough = fits(open.at) && isOpen(day, { ...open.at, length: minutes }, true)
      const at = open.proposed && !isLongEnough ? firstFree(day, open.at, { minutes, fits }) : open.at
      const slot = slotAt(at)
      const whereAt = (place: Place) => ({ time: timeAt(place), column: nameOfTrack(day.tracks[place.column]?.id) })
      return {
        slot,
        otherId: slot[other] ?? '',
        where: t('bookAt', { day: words.short(day.tracks[at.column]?.date ?? ''), ...whereAt(at) }),
        over: Date.parse(slot.starts_at) < clock().getTime(),
        instead: at.column === open.at.column && at.start === open.at.start ? undefined : timeAt(open.at),
        free: fits(at),
        closed: !day.columns[at.column]?.open.some(([from, to]) => from <= at.start && at.start + minutes <= to),
      }
    }
    return (
      <BookDialog
        offer={offer}
        services={resources.services.filter(service => service.active)}
        patient={patient}
        reason={reason}
        other={{
          label: by === 'operatory' ? t('provider') : t('operatory'),
          choices: others.filter(one => one.active).map(one => [one.id, one.name]),
        }}
        onClose={onClose}
        onBook={(who, service, slot) => {
          onClose()
          void writes.book(slot, dayPatient(who), service)
        }}
        onRepeat={repeat}
        why={({ starts_at, duration_minutes, provider_id, operatory_id }, { service, patient }) => (
          <Suspense>
            <WhyThere
              key={starts_at}
              at={starts_at}
              sought={{
                service_id: service?.id,
                duration_minutes,
                provider_id: provider_id ? [provider_id] : undefined,
                operatory_id: operatory_id ?? undefined,
                patient_id: patient?.id,
              }}
              onVisit={(id, date) => {
                onClose()
                props.onVisit(id, date)
              }}
            />
          </Suspense>
        )}
      />
    )
  }
  return null
}
