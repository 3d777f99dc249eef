import { deliver, type Patient, type Service } from '@chairside/api'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { clock, useSlug, useWriting } from '@/lib/clinic'
import { BookDialog, type Offered, type Wish } from './book-dialog'
import { dayPatient } from './day-patient'
import type { Slot } from './model'
import type { Resources } from './queries'
import { useDayWords } from './use-day-words'
import type { useVisitWrites } from './use-visit-writes'
import { hold, letGo } from './writes'

/** Of a session of a group that is open at the time that was found. */
export type Seats = { taken: number; capacity: number }

type FoundProps = {
  found: { slot: Slot; service?: string; calendar?: string; seats?: Seats }
  patient?: Patient
  resources: Resources
  writes: ReturnType<typeof useVisitWrites>
  /** With the hold, where there is one. */
  onRepeat: (patient: Patient, service: Service, slot: Slot, hold_id?: string) => void
  /** Somebody was faster. */
  onGone: () => void
  onClose: () => void
}

/** The time is chosen, and held: who it is for is what is left. */
export function FoundDialog({ found, patient, resources, writes, onRepeat, onGone, onClose }: FoundProps) {
  const t = useTranslations('schedule')
  const writing = useWriting()
  const words = useDayWords()
  const { slot, service } = found
  const held = useHold(slot, service, found.calendar, onGone)
  const provider = resources.providers.find(one => one.id === slot.provider_id)?.name ?? ''
  const offer = ({ otherId }: Wish): Offered => {
    const place = otherId ?? slot.operatory_id ?? resources.operatories.find(one => one.active)?.id ?? ''
    const day = words.short(writing.dateOf(slot.starts_at))
    return {
      slot: { ...slot, operatory_id: place },
      otherId: place,
      where: t('bookAt', { day, time: writing.time(slot.starts_at), column: provider }),
      joins: found.seats && t('group.joins', found.seats),
      held: held.left && t('heldFor', { time: held.left }),
      over: false,
      free: true,
      closed: false,
    }
  }
  const offered = resources.services.filter(one => one.active)
  const first = offered.find(one => one.id === service)
  return (
    <BookDialog
      offer={offer}
      services={first ? [first] : offered}
      patient={patient}
      other={{ label: t('operatory'), choices: resources.operatories.filter(one => one.active).map(one => [one.id, one.name]) }}
      onClose={onClose}
      onBook={(who, why, chosen) => {
        const over = { ...held.spend(), calendar_id: found.calendar }
        onClose()
        void writes.book(chosen, dayPatient(who), why, over)
      }}
      // By a calendar somebody is assigned each time: a series is of one provider.
      onRepeat={found.calendar ? undefined : (who, why, chosen) => onRepeat(who, why, chosen, held.spend().hold_id)}
    />
  )
}

type Hold = { id: string; expires_at: string }

/** Nobody else is given the time meanwhile. Without a line there is no hold, and the booking finds out. */
function useHold(slot: Slot, service: string | undefined, calendar: string | undefined, onGone: () => void) {
  const clinic = useSlug()
  const regret = useRegret()
  const [held, setHeld] = useState<Hold>()
  const [now, tick] = useState(() => clock().getTime())
  const own = useRef<{ hold?: Hold; over?: true }>({})
  useEffect(() => {
    const mine: { hold?: Hold; over?: true } = {}
    own.current = mine
    const release = () => mine.hold && void deliver(letGo(clinic, mine.hold.id)).catch(() => {})
    if (navigator.onLine)
      deliver(hold(clinic, slot, service, calendar)).then(
        answer => {
          mine.hold = answer as Hold
          if (mine.over) release()
          else setHeld(mine.hold)
        },
        error => {
          if (mine.over) return
          regret(error)
          onGone()
        },
      )
    const timer = setInterval(() => tick(clock().getTime()), 1000)
    return () => {
      clearInterval(timer)
      if (!mine.over) release()
      mine.over = true
    }
  }, [])
  const seconds = held ? Math.max(0, Math.round((Date.parse(held.expires_at) - now) / 1000)) : 0
  return {
    left: seconds ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` : '',
    /** It goes to the visit, and is not let go. */
    spend() {
      own.current.over = true
      return held ? { hold_id: held.id } : {}
    },
  }
}
