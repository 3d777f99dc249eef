import type { Place } from '@chairside/schedule'
import { Button } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { CalendarArrowUp } from 'lucide-react'
import { type RefObject, useEffect, useEffectEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf, patientQuery } from '@/features/patients'
import { useSlug } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { findFree, isFree } from './free'
import { type Frame, type Known, slotOf } from './model'
import { type By, type Resources, visitQuery } from './queries'
import type { Movable } from './use-visit-writes'

/** The visit that is on its way to another day, which the address names. */
export function useCarrying(id: string | undefined): Movable | undefined {
  const clinic = useSlug()
  const visit = useQuery({ ...visitQuery(clinic, id ?? ''), enabled: !!id }).data
  const patient = useQuery({ ...patientQuery(clinic, visit?.patient_id ?? ''), enabled: !!id && !!visit }).data
  return id && visit && patient ? { ...visit, patient: { name: nameOf(patient) } } : undefined
}

type Landing = {
  by: By
  resources: Resources
  body: RefObject<HTMLElement | null>
  onFree: (place: Place) => void
}

/**
 * On the day it is carried to, the cursor goes to the first time that is long enough, and the focus with it if it is nowhere.
 * True when there is none.
 */
export function useLanding(carrying: Movable | undefined, schedule: Known, day: Frame, { by, resources, body, onFree }: Landing) {
  const [isFull, setFull] = useState(false)
  const land = useEffectEvent(() => {
    if (!carrying || schedule.appointments.some(visit => visit.id === carrying.id)) return
    const { id: except, duration_minutes: minutes, patient_id: patient } = carrying
    const service = resources.services.find(one => one.id === carrying.service_id)
    const [before, after] = [service?.buffer_before_minutes, service?.buffer_after_minutes]
    const fits = (place: Place) =>
      isFree(schedule, {
        slot: slotOf(schedule, day, by, place, resources, { ...carrying, minutes }),
        before,
        after,
        patient,
        except,
      })
    const own = day.tracks.findIndex(track => track.id === carrying[`${by}_id`])
    const free = findFree(day, { column: Math.max(0, day.today?.[0] ?? own), start: day.now ?? 0, length: 0 }, { minutes, fits })
    setFull(!free)
    if (free) onFree(free)
    if (document.activeElement === document.body)
      requestAnimationFrame(() => body.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus())
  })
  const id = carrying?.id
  useEffect(() => {
    if (id) land()
  }, [id])
  return isFull
}

type BarProps = { name: string; isFull: boolean; minutes: number; onPut: () => void; onLeave: () => void }

/** Stays while days are turned. */
export function CarryingBar({ name, isFull, minutes, onPut, onLeave }: BarProps) {
  const t = useTranslations('schedule')
  return (
    <div
      role="status"
      className="absolute inset-x-0 bottom-0 z-20 flex flex-wrap items-center gap-2 bg-primary px-4 py-2 text-primary-foreground text-sm"
    >
      <CalendarArrowUp aria-hidden className="size-4" />
      <b className="font-semibold">{t('carrying', { name })}</b>
      <span className="me-auto max-md:hidden">{isFull ? t('dayIsFull', { count: minutes }) : t('carryingHow')}</span>
      <Button size="sm" variant="outline" className="border-transparent text-foreground max-md:ms-auto" onClick={onPut}>
        {t('put')} <Keys of="put" />
      </Button>
      <Button size="sm" variant="outline" className="border-transparent text-foreground" onClick={onLeave}>
        {t('leave')} <Keys of="leave" />
      </Button>
    </div>
  )
}
