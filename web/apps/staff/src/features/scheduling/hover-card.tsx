import { TriangleAlert } from 'lucide-react'
import { type RefObject, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { takenOf } from './groups/blocks'
import type { Visit } from './model'
import { StatusChip } from './status'
import { alertsOf } from './visit-card'

const REST = 350 // milliseconds a mouse rests on a visit before more is said of it
const ROOM = 180 // what the card may be high

type At = { item: Visit; x: number; y: number; start: boolean }

/** What has no room on a small card, beside it, for whoever points at it with a mouse. Everybody else has it in the panel. */
export function HoverCard({
  body,
  items,
  whereOf,
}: {
  body: RefObject<HTMLElement | null>
  items: Visit[]
  whereOf: (item: Visit) => string
}) {
  const t = useTranslations('schedule')
  const writing = useWriting()
  const [at, show] = useState<At>()
  useEffect(() => {
    const element = body.current
    if (!element) return
    let timer = 0
    const hide = () => {
      clearTimeout(timer)
      show(undefined)
    }
    const over = (event: PointerEvent) => {
      hide()
      const card = (event.target as Element).closest<HTMLElement>('[data-item]')
      if (event.pointerType !== 'mouse' || event.buttons || !card || !isCut(card)) return
      timer = window.setTimeout(() => {
        const item = items.find(one => one.id === card.dataset.item)
        const { left, right, top } = card.getBoundingClientRect()
        const start = right + 260 < innerWidth
        if (item && card.isConnected) show({ item, x: start ? right + 6 : left - 6, y: Math.min(top, innerHeight - ROOM), start })
      }, REST)
    }
    const heards = [
      ['pointerover', over],
      ['pointerdown', hide],
      ['pointerleave', hide],
      ['keydown', hide],
    ] as const
    for (const [name, heard] of heards) element.addEventListener(name, heard as EventListener)
    addEventListener('scroll', hide, true)
    return () => {
      clearTimeout(timer)
      for (const [name, heard] of heards) element.removeEventListener(name, heard as EventListener)
      removeEventListener('scroll', hide, true)
    }
  }, [body, items])
  if (!at) return null
  const { visit, service, status, session, seats } = at.item
  return (
    <div
      aria-hidden
      className="pointer-events-none fixed z-30 grid w-60 gap-1 rounded-lg bg-popover p-3 text-sm shadow-pop"
      style={{ top: at.y, left: at.x, transform: at.start ? undefined : 'translateX(-100%)' }}
    >
      <b dir="auto" className="font-semibold">
        {visit.patient.name}
      </b>
      <span dir="auto">{service}</span>
      <span className="text-muted-foreground">
        <bdi dir="ltr">{writing.range(visit.starts_at, visit.ends_at)}</bdi> · <bdi>{whereOf(at.item)}</bdi>
      </span>
      {visit.patient.alerts.length > 0 && (
        <span className="flex gap-1.5 font-medium text-destructive">
          <TriangleAlert className="mt-0.5 size-3.5 shrink-0" />
          <bdi className="line-clamp-3">{alertsOf(visit.patient, t('pregnant'))}</bdi>
        </span>
      )}
      {visit.notes && (
        <span dir="auto" className="line-clamp-2 text-muted-foreground">
          {visit.notes}
        </span>
      )}
      {session ? (
        <span className="tabular-nums">
          {t('group.seatsOf', { taken: takenOf(seats?.map(seat => seat.visit)), capacity: session.capacity })}
        </span>
      ) : (
        <StatusChip status={status} visit={visit} className="mt-1 w-fit" />
      )}
    </div>
  )
}

/** Whether something of it is not shown: it is small, or a line of it ends in dots. */
const isCut = (card: HTMLElement) =>
  card.offsetHeight < 52 ||
  card.offsetWidth < 90 ||
  [...card.querySelectorAll<HTMLElement>('.truncate')].some(line => line.scrollWidth > line.clientWidth)
