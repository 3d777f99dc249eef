import { isRefused, type NewTreatmentItem, type TreatmentItem, type TreatmentPlan, type Typed } from '@chairside/api'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { merged, placesOf } from './model'
import * as to from './writes'

/** Something to do with a plan: how it would then be, and the change that makes it so, whatever version it is done to. */
type Act = {
  told: string
  wanted: (plan: TreatmentPlan) => TreatmentItem[]
  write: (plan: TreatmentPlan) => Typed<TreatmentPlan>
  back?: (now: TreatmentPlan, before: TreatmentPlan) => Typed<TreatmentPlan>
}
/** Somebody was faster: what was wanted, and whether it still is. */
export type Stale = { plan: string; wanted: TreatmentItem[]; act: Act }

/** What can be done with plans: said when accepted and offered back; stale, both are shown and nothing is overwritten. */
export function usePlanActs(patient: string) {
  const t = useTranslations('plans')
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  const whose = { clinic, patient }
  const [stale, setStale] = useState<Stale>()
  /** The plan as it is then; undefined where it was refused. */
  const act = (plan: TreatmentPlan, one: Act): Promise<TreatmentPlan | undefined> =>
    send(one.write(plan)).then(
      now => {
        setStale(undefined)
        tell(one.told, one.back && (() => send(one.back?.(now, plan) as Typed<TreatmentPlan>)))
        return now
      },
      error => {
        if (isRefused(error, 'PlanIsStale')) setStale({ plan: plan.id, wanted: one.wanted(plan), act: one })
        else regret(error)
        return undefined
      },
    )
  const made = (now: TreatmentPlan, before: TreatmentPlan) =>
    now.items.find(one => !before.items.some(other => other.id === one.id))?.id ?? ''
  return {
    stale,
    forget: () => setStale(undefined),
    again: (plan: TreatmentPlan) => stale && void act(plan, stale.act),
    begin: (title: string) =>
      send(to.beginPlan(whose, title)).then(
        now => {
          tell(t('did.begun'), () => send(to.putAway(whose, now)))
          return now
        },
        error => void regret(error),
      ),
    bring: (plan: TreatmentPlan) =>
      send(to.bringPlanned(whose, plan)).then(brought => {
        const came = brought.plan.items.length - plan.items.length
        const old = new Set(plan.items.map(one => one.id))
        const back = async () => {
          let now = brought.plan
          for (const one of brought.plan.items) if (!old.has(one.id)) now = await send(to.removeItem(whose, now, one.id))
        }
        if (came) tell(t('did.brought', { count: came }), back)
        else tell(t('did.nothingToBring'))
        return brought
      }, regret),
    rename: (plan: TreatmentPlan, title: string) =>
      act(plan, {
        told: t('did.renamed'),
        wanted: now => now.items,
        write: now => to.renamePlan(whose, now, title),
        back: (now, before) => to.renamePlan(whose, now, before.title),
      }),
    putAway: (plan: TreatmentPlan) =>
      act(plan, {
        told: t('did.putAway'),
        wanted: now => now.items,
        write: now => to.putAway(whose, now),
        back: now => to.bringBack(whose, now),
      }),
    bringBack: (plan: TreatmentPlan) =>
      act(plan, {
        told: t('did.broughtBack'),
        wanted: now => now.items,
        write: now => to.bringBack(whose, now),
        back: now => to.putAway(whose, now),
      }),
    add: (plan: TreatmentPlan, item: NewTreatmentItem) =>
      send(to.addItems(whose, plan, [item])).then(now => {
        tell(t('did.added'), () => send(to.removeItem(whose, now, made(now, plan))))
        return now
      }),
    change: (plan: TreatmentPlan, item: TreatmentItem, body: Partial<NewTreatmentItem>) =>
      send(to.changeItem(whose, plan, item.id, body)).then(now => {
        const { procedure_id, tooth, through, surfaces, quadrant, arch, visits, note, price } = item
        const before = { procedure_id, tooth, through, surfaces, quadrant, arch, visits, note, price }
        tell(t('did.changed'), () => send(to.changeItem(whose, now, item.id, before)))
        return now
      }),
    remove: (plan: TreatmentPlan, item: TreatmentItem) =>
      act(plan, {
        told: t('did.removed'),
        wanted: now => now.items.filter(one => one.id !== item.id),
        write: now => to.removeItem(whose, now, item.id),
        back: now => to.restoreItem(whose, now, item.id),
      }),
    arrange: (plan: TreatmentPlan, items: TreatmentItem[]) =>
      act(plan, {
        told: t('did.moved'),
        wanted: () => items,
        write: now => to.arrange(whose, now, placesOf(merged(items, now.items))),
        back: (now, before) => to.arrange(whose, now, placesOf(merged(before.items, now.items))),
      }),
    perform: (plan: TreatmentPlan, item: TreatmentItem) =>
      send(to.perform(whose, plan.id, item)).then(now => {
        const done = now.items.find(one => one.id === item.id)
        tell(
          done?.status === 'performed' ? t('did.performed') : t('did.visitDone'),
          done && (() => send(to.undoPerforming(whose, plan.id, done))),
        )
      }, regret),
    undoPerforming: (plan: TreatmentPlan, item: TreatmentItem) =>
      send(to.undoPerforming(whose, plan.id, item)).then(now => {
        const open = now.items.find(one => one.id === item.id)
        tell(t('did.takenBack'), open && (() => send(to.perform(whose, plan.id, open))))
      }, regret),
    present: (plan: TreatmentPlan) =>
      send(to.present(whose, plan)).then(
        shown => shown,
        error => void regret(error),
      ),
  }
}
export type PlanActs = ReturnType<typeof usePlanActs>
