import type { Patient, TreatmentItem, TreatmentPlan } from '@chairside/api'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMay } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { ItemRow } from './item-row'
import { isUnderWay, moved, phasesOf, putBefore } from './model'
import type { Asked } from './plan-section'
import type { PlanActs } from './use-plan-acts'

type Props = { patient: Patient; plan: TreatmentPlan; mayWrite: boolean; acts: PlanActs; onAsk: (asked: Asked) => void }

/** The plan, phase by phase. Arrows go from item to item, with Shift they take it along, over the edge into the next phase. */
export function PlanItems({ plan, mayWrite, acts, onAsk }: Props) {
  const t = useTranslations('plans')
  const mayBook = useMay('scheduling.book', 'scheduling.book_own')
  const list = useRef<HTMLDivElement>(null)
  const [at, setAt] = useState<string>()
  const [dragged, drag] = useState<string>()
  // What was just moved stands there at once; the server's answer replaces it.
  const [meant, mean] = useState<{ version: number; items: TreatmentItem[] }>()
  const items = meant?.version === plan.version ? meant.items : plan.items
  const first = items.find(one => one.id === at) ?? items[0]
  const focus = (id: string | undefined) => setTimeout(() => document.getElementById(`plan-item-${id}`)?.focus())
  async function arrange(next: TreatmentItem[] | undefined, id: string) {
    if (!next || meant?.version === plan.version) return
    mean({ version: plan.version, items: next })
    focus(id)
    await acts.arrange(plan, next)
    mean(undefined)
    focus(id)
  }
  function key(event: KeyboardEvent, item: TreatmentItem) {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const by = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : undefined
    const does = () => {
      event.preventDefault()
      event.stopPropagation()
    }
    if (by && event.shiftKey) {
      does()
      if (mayWrite) void arrange(moved(items, item.id, by), item.id)
    } else if (by) {
      does()
      focus(items[items.indexOf(item) + by]?.id)
    } else if (event.key === 'Enter' && mayWrite && !isUnderWay(item)) {
      does()
      onAsk({ what: 'change', item })
    } else if (event.key === 'Delete' && mayWrite && !isUnderWay(item)) {
      does()
      void acts.remove(plan, item)
    } else if (event.shiftKey && event.key.toUpperCase() === 'B' && mayBook && bookable(item)) {
      does()
      onAsk({ what: 'book', item })
    } else if (event.shiftKey && event.key.toUpperCase() === 'D' && mayWrite && doable(item)) {
      does()
      void acts.perform(plan, item)
    }
  }
  return (
    <div ref={list} className="grid gap-4">
      {phasesOf(items).map(({ number, groups }) => (
        <section key={number} aria-label={t('phase', { number })} className="grid gap-1.5">
          <h3 className="font-medium text-sm">{t('phase', { number })}</h3>
          <ul className="grid gap-1.5">
            {groups.map(group => (
              <li
                key={group[0]?.id}
                className={
                  group.length > 1 ? 'grid gap-1.5 rounded-lg border border-dashed p-1.5 lg:grid-cols-2' : 'grid rounded-lg'
                }
              >
                {group.length > 1 && <p className="col-span-full px-1.5 text-muted-foreground text-xs">{t('oneOfThese')}</p>}
                {group.map(item => (
                  // biome-ignore lint/a11y/useSemanticElements: a row of a list that has keys and buttons of its own
                  <div
                    key={item.id}
                    id={`plan-item-${item.id}`}
                    role="group"
                    aria-label={[item.name, item.tooth].filter(Boolean).join(' ')}
                    tabIndex={first?.id === item.id ? 0 : -1}
                    draggable={mayWrite && !isUnderWay(item)}
                    onFocus={() => setAt(item.id)}
                    onKeyDown={event => key(event, item)}
                    onDragStart={event => {
                      drag(item.id)
                      event.dataTransfer.effectAllowed = 'move'
                      event.dataTransfer.setData('text/plain', item.name)
                    }}
                    onDragEnd={() => drag(undefined)}
                    onDragOver={event => dragged && event.preventDefault()}
                    onDrop={event => {
                      event.preventDefault()
                      if (dragged) void arrange(putBefore(items, dragged, item.id), dragged)
                    }}
                    className={`rounded-lg border bg-card ${dragged === item.id ? 'opacity-50' : ''}`}
                  >
                    <ItemRow
                      item={item}
                      mayWrite={mayWrite}
                      mayBook={mayBook && bookable(item)}
                      mayDo={mayWrite && doable(item)}
                      onMove={by => void arrange(moved(items, item.id, by), item.id)}
                      canMove={by => !!moved(items, item.id, by)}
                      onDo={() => void acts.perform(plan, item)}
                      onUndo={() => void acts.undoPerforming(plan, item)}
                      onRemove={() => void acts.remove(plan, item)}
                      onAsk={onAsk}
                    />
                  </div>
                ))}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {mayWrite && (
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-muted-foreground text-xs max-sm:hidden">
          <span className="flex items-center gap-1">
            <Keys of="plan-move" /> {t('keys.move')}
          </span>
          <span className="flex items-center gap-1">
            <Keys of="plan-change" /> {t('keys.change')}
          </span>
          <span className="flex items-center gap-1">
            <Keys of="plan-book" /> {t('keys.book')}
          </span>
          <span className="flex items-center gap-1">
            <Keys of="plan-done" /> {t('keys.done')}
          </span>
        </p>
      )}
    </div>
  )
}

const doable = ({ status }: TreatmentItem) => status === 'accepted' || status === 'in_progress'
const coming = (item: TreatmentItem) => item.bookings.filter(one => one.status !== 'completed').length
const bookable = (item: TreatmentItem) => doable(item) && coming(item) + item.work.length < item.visits
