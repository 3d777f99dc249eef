import type { TreatmentItem } from '@chairside/api'
import { Badge, Button, Menu, MenuItem, MenuLine } from '@chairside/ui'
import { ArrowDown, ArrowUp, CalendarPlus, Check as Done, Ellipsis, GitCompareArrows, Pencil, Trash2, Undo2 } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { isUnderWay } from './model'
import type { Asked } from './plan-section'
import { usePlanWords } from './use-plan-words'

type Props = {
  item: TreatmentItem
  mayWrite: boolean
  mayBook: boolean
  mayDo: boolean
  canMove: (by: 1 | -1) => boolean
  onMove: (by: 1 | -1) => void
  onDo: () => void
  onUndo: () => void
  onRemove: () => void
  onAsk: (asked: Asked) => void
}

const TONES = { proposed: 'neutral', accepted: 'neutral', declined: 'danger', in_progress: 'warn', performed: 'neutral' } as const

/** What is to be done, where, what it costs, and how far it is. */
export function ItemRow({ item, mayWrite, mayBook, mayDo, canMove, onMove, onDo, onUndo, onRemove, onAsk }: Props) {
  const t = useTranslations('plans')
  const words = usePlanWords()
  const { money, dayOf, time } = useWriting()
  const [next] = item.bookings.filter(one => one.status !== 'completed')
  const last = item.work.at(-1)
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 py-1.5 ps-3 pe-1.5 text-sm">
      <div className="grid min-w-40 flex-1 gap-0.5">
        <span className="flex flex-wrap items-baseline gap-x-2">
          <bdi className="font-medium">{item.name}</bdi>
          <bdi className="tabular-nums">{words.place(item)}</bdi>
        </span>
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-muted-foreground text-xs">
          <Badge tone={TONES[item.status]}>{t(`statuses.${item.status}`)}</Badge>
          {item.visits > 1 && <span>{t('visitsDone', { done: item.work.length, count: item.visits })}</span>}
          {next && <span>{t('booked', { day: dayOf(next.starts_at), time: time(next.starts_at) })}</span>}
          {item.note && <bdi>{item.note}</bdi>}
        </span>
      </div>
      <span className="tabular-nums">{money(item.price)}</span>
      <div className="flex flex-wrap items-center gap-0.5">
        {mayBook && (
          <Button size="sm" variant="outline" onClick={() => onAsk({ what: 'book', item })}>
            <CalendarPlus aria-hidden /> {t('book')}
          </Button>
        )}
        {mayDo && (
          <Button size="sm" variant="outline" onClick={onDo}>
            <Done aria-hidden /> {t(item.visits > 1 ? 'visitIsDone' : 'done')}
          </Button>
        )}
        {mayWrite && (
          <>
            <Button size="icon" variant="ghost" aria-label={t('earlier')} disabled={!canMove(-1)} onClick={() => onMove(-1)}>
              <ArrowUp />
            </Button>
            <Button size="icon" variant="ghost" aria-label={t('later')} disabled={!canMove(1)} onClick={() => onMove(1)}>
              <ArrowDown />
            </Button>
            <Menu
              trigger={
                <Button size="icon" variant="ghost" aria-label={t('moreOf', { what: words.item(item) })}>
                  <Ellipsis />
                </Button>
              }
            >
              <MenuItem disabled={isUnderWay(item)} onSelect={() => onAsk({ what: 'change', item })}>
                <Pencil aria-hidden /> {t('change')}
              </MenuItem>
              <MenuItem disabled={isUnderWay(item)} onSelect={() => onAsk({ what: 'add', instead: item })}>
                <GitCompareArrows aria-hidden /> {t('instead')}
              </MenuItem>
              {last && !last.appointment_id && (
                <MenuItem onSelect={onUndo}>
                  <Undo2 aria-hidden /> {t('takeBack')}
                </MenuItem>
              )}
              <MenuLine />
              <MenuItem disabled={isUnderWay(item)} onSelect={onRemove}>
                <Trash2 aria-hidden /> {t('remove')}
              </MenuItem>
            </Menu>
          </>
        )}
      </div>
    </div>
  )
}
