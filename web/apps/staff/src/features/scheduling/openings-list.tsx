import type { Opening } from '@chairside/api'
import { Button } from '@chairside/ui'
import { parseDate } from '@internationalized/date'
import { type KeyboardEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import type { Resources } from './queries'
import { useDayWords } from './use-day-words'

const SHOWN = 6

type ListProps = { slots: Opening[]; resources: Resources; onTake: (opening: Opening) => void }

/** Day by day, and of each provider. The arrows go along a line and from one line to the next. */
export function OpeningsList({ slots, resources, onTake }: ListProps) {
  const { dateOf } = useWriting()
  const words = useDayWords()
  const days = Map.groupBy(slots, slot => dateOf(slot.starts_at))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the times in it take the keys, it only moves between them
    <div className="grid gap-4" onKeyDown={walk}>
      {[...days].map(([date, ofDay]) => (
        <section key={date} aria-label={words.full(parseDate(date))} className="grid gap-1.5">
          <h3 className="sticky -top-3 z-10 flex items-baseline gap-2 bg-popover py-1 font-semibold text-sm">
            {words.full(parseDate(date))}
            <span className="font-normal text-muted-foreground text-xs">{words.away(parseDate(date))}</span>
          </h3>
          {[...Map.groupBy(ofDay, slot => slot.provider_id)].map(([provider, own]) => (
            <Line
              key={provider}
              name={resources.providers.find(one => one.id === provider)?.name ?? ''}
              slots={own}
              onTake={onTake}
            />
          ))}
        </section>
      ))}
    </div>
  )
}

function Line({ name, slots, onTake }: { name: string; slots: Opening[]; onTake: (opening: Opening) => void }) {
  const t = useTranslations('openings')
  const { time } = useWriting()
  const [all, showAll] = useState(false)
  const shown = all ? slots : slots.slice(0, SHOWN)
  return (
    <div data-line className="grid grid-cols-[10rem_minmax(0,1fr)] items-baseline gap-x-3 gap-y-1 max-sm:grid-cols-1">
      <span dir="auto" className="truncate text-muted-foreground text-sm">
        {name}
      </span>
      <div className="flex flex-wrap gap-1.5">
        {shown.map(slot => (
          <Button
            key={slot.starts_at}
            data-time
            size="sm"
            variant="outline"
            className="tabular-nums"
            aria-label={t('at', { time: time(slot.starts_at), name })}
            onClick={() => onTake(slot)}
          >
            <bdi>{time(slot.starts_at)}</bdi>
            {slot.capacity !== null && (
              <bdi className="text-muted-foreground">
                {t('seats', { taken: slot.capacity - (slot.seats_left ?? 0), capacity: slot.capacity })}
              </bdi>
            )}
          </Button>
        ))}
        {shown.length < slots.length && (
          <Button data-time size="sm" variant="ghost" className="text-muted-foreground" onClick={() => showAll(true)}>
            {t('more', { count: slots.length - shown.length })}
          </Button>
        )}
      </div>
    </div>
  )
}

const NEXT: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }
const LINE: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

function walk(event: KeyboardEvent<HTMLElement>) {
  const here = (event.target as HTMLElement).closest<HTMLElement>('[data-time]')
  const line = here?.closest('[data-line]')
  if (!here || !line) return
  const times = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-time]')]
  const lines = [...event.currentTarget.querySelectorAll('[data-line]')]
  const along = NEXT[event.key]
  const mirrored = getComputedStyle(here).direction === 'rtl' ? -1 : 1
  let to: HTMLElement | null | undefined
  if (along) to = times[times.indexOf(here) + along * mirrored]
  else if (LINE[event.key]) {
    const next = lines[lines.indexOf(line) + (LINE[event.key] ?? 0)]
    const own = [...line.querySelectorAll<HTMLElement>('[data-time]')]
    const others = [...(next?.querySelectorAll<HTMLElement>('[data-time]') ?? [])]
    to = others[Math.min(own.indexOf(here), others.length - 1)]
  } else return
  event.preventDefault()
  to?.focus()
}
