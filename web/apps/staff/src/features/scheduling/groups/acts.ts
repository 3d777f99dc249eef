import { isRefused } from '@chairside/api'
import { notify } from '@chairside/ui'
import type { useTranslations } from 'use-intl'
import type { useRegret } from '@/lib/answer'
import type { useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import type { useTell } from '@/lib/tell'
import type { Slot, Visit } from '../model'
import { bringSessionBack, cancelSession, changeSeats, moveSession } from './writes'

export type Around = {
  t: ReturnType<typeof useTranslations<'schedule'>>
  clinic: string
  writing: ReturnType<typeof useWriting>
  regret: ReturnType<typeof useRegret>
  tell: ReturnType<typeof useTell>
  onMoved: (id: string, date: string) => void
}

/** With everybody in it, or not at all: then it is said who is elsewhere. */
export async function moveAll({ t, clinic, writing, regret, tell, onMoved }: Around, item: Visit, slot: Slot) {
  const { session, seats = [] } = item
  if (!session) return
  try {
    const moved = await send(moveSession(clinic, session, slot))
    onMoved(session.id, writing.dateOf(moved.starts_at))
    const time = writing.time(moved.starts_at)
    tell(t('group.moved', { name: session.name, time }), () => send(moveSession(clinic, moved, session)))
  } catch (error) {
    const ids = isRefused(error, 'TimeTaken') ? (error.problem.facts?.appointment_ids as string[] | undefined) : undefined
    if (!ids) return regret(error)
    const names = seats.filter(seat => ids.includes(seat.id)).map(seat => seat.visit.patient.name)
    notify({ tone: 'danger', title: t('group.elsewhere', { names: names.join(', ') }), stays: true })
  }
}

export async function cancelAll({ t, clinic, regret, tell }: Around, { session }: Visit, reason: string) {
  if (!session) return
  try {
    const done = await send(cancelSession(clinic, session, reason))
    const count = done.appointment_ids.length
    tell(t('group.cancelled', { name: session.name, count }), () => send(bringSessionBack(clinic, session.id)))
  } catch (error) {
    regret(error)
  }
}

export async function giveSeats({ t, clinic, regret, tell }: Around, { session }: Visit, capacity: number) {
  if (!session) return
  try {
    const now = await send(changeSeats(clinic, session, capacity))
    tell(t('group.seatsNow', { name: session.name, count: capacity }), () => send(changeSeats(clinic, now, session.capacity)))
  } catch (error) {
    regret(error)
  }
}
