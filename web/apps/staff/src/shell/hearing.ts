import { serverNow } from '@chairside/api'
import type { LiveEvent } from '@chairside/live'
import { freshenBoards, type Seen } from '@/features/scheduling'
import { nameOfColleague } from '@/lib/colleagues'
import { whenHandsAreOff } from '@/lib/hands'
import { touch } from '@/lib/live'
import { whenSent } from '@/lib/server'
import { outdatedBy } from './refresh'
import { renew } from './renew'

export type Deed = { who: string; what: string; seen: Seen }

const TOGETHER = 40
const NEWS = 20_000 // what is older is not told as news

/**
 * What happens elsewhere comes to this screen: what is heard within a moment is read together, never under a hand that presses or
 * drags, and what this person did themselves not before its answer is here. `tell` hears what others did to visits that are, or
 * were, to be seen.
 */
export function hearing(clinic: string, me: string, tell: (deeds: Deed[]) => void) {
  let heard: LiveEvent[] = []
  let turn: Promise<unknown> = Promise.resolve()

  async function takeIn(events: LiveEvent[]) {
    await whenHandsAreOff()
    if (events.some(event => event.actor_id === me)) await whenSent()
    renew(clinic, events.flatMap(outdatedBy))
    const visits = new Set(events.flatMap(({ topic, ids }) => (topic === 'schedule' ? (ids.appointment_id ?? []) : [])))
    const patients = new Set(
      events.flatMap(({ topic, ids }) => (topic === 'patients' || topic === 'billing' ? (ids.patient_id ?? []) : [])),
    )
    const seen = await freshenBoards(clinic, visits, patients)
    const deeds: Deed[] = []
    for (const { topic, type, actor_id, at, ids } of events) {
      const visit = topic === 'schedule' ? seen.get(ids.appointment_id ?? '') : undefined
      if (!visit || !actor_id || actor_id === me || serverNow() - Date.parse(at) > NEWS) continue
      const who = await nameOfColleague(clinic, actor_id)
      if (!who) continue
      touch(visit.visit.id, who)
      deeds.push({ who, what: type.split('.')[1] ?? '', seen: visit })
    }
    if (deeds.length) tell(deeds)
  }

  return (event: LiveEvent) => {
    heard.push(event)
    if (heard.length > 1) return
    setTimeout(() => {
      const events = heard
      heard = []
      // One after another, and one that fails is no reason not to hear the next: focus or a gap reads everything again.
      turn = turn.then(() => takeIn(events)).catch(() => renew(clinic, [['schedule']]))
    }, TOGETHER)
  }
}
