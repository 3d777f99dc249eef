import { Button } from '@chairside/ui'
import { ArrowUpRight, Clock, DoorOpen, Minus, Plus, Stethoscope, UsersRound, X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { holdsTime, type Visit } from '../model'
import { StatusChip } from '../status'
import type { Board } from '../use-board'
import { takenOf } from './blocks'

const MOST = 200

/** A session of a group: when and where, who comes, and what can be done with each of them and with all. */
export default function SessionPanel({ board, item }: { board: Board; item: Visit }) {
  const t = useTranslations('groups')
  const schedule = useTranslations('schedule')
  const writing = useWriting()
  const { session, seats = [], visit, service } = item
  if (!session) return null
  const taken = takenOf(seats.map(seat => seat.visit))
  const may = board.mayBookFor(visit.provider_id)
  const give = (capacity: number) => void board.sessions.giveSeats(item, capacity)
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 wrap-anywhere p-4">
      <div className="grid gap-1.5">
        <h2 className="font-semibold text-xl leading-6">
          <bdi>{session.name}</bdi>
        </h2>
        <p className="flex items-center gap-1.5 font-medium text-sm tabular-nums">
          <UsersRound aria-hidden className="size-4 text-muted-foreground" />
          {schedule('group.seatsOf', { taken, capacity: session.capacity })}
          {session.held > 0 && <span className="font-normal text-muted-foreground">{t('held', { count: session.held })}</span>}
        </p>
      </div>
      <div className="grid gap-1.5">
        {board.verbs.map(verb => (
          <Button key={verb.id} variant={verb.primary ? 'default' : 'outline'} className="justify-start" onClick={verb.run}>
            <span className="me-auto">{verb.label}</span>
            <Keys of={verb.id} />
          </Button>
        ))}
        {taken >= session.capacity && <p className="text-muted-foreground text-sm">{t('full')}</p>}
      </div>
      <section aria-label={t('roster')} className="grid gap-1.5 border-t pt-3">
        <h3 className="font-semibold text-sm">{t('roster')}</h3>
        {seats.length === 0 ? (
          <p className="text-muted-foreground text-sm">{t('nobody')}</p>
        ) : (
          <ul className="grid gap-0.5">
            {seats.map(seat => (
              <Seat key={seat.id} board={board} seat={seat} may={may} />
            ))}
          </ul>
        )}
      </section>
      <dl className="grid gap-3 border-t pt-4 text-sm">
        <Fact icon={<Clock />} term={schedule('time')}>
          <bdi dir="ltr">{writing.range(visit.starts_at, visit.ends_at)}</bdi>
          <span className="text-muted-foreground"> · {schedule('minutes', { count: visit.duration_minutes })}</span>
        </Fact>
        <Fact icon={<Stethoscope />} term={schedule('service')}>
          <bdi>{service}</bdi>
          <span className="block text-muted-foreground">
            <bdi>{board.whereOf(item)}</bdi>
          </span>
        </Fact>
        <Fact icon={<UsersRound />} term={t('seats')}>
          <span className="flex items-center gap-1">
            <span className="me-1 tabular-nums">{t('seatsMany', { count: session.capacity })}</span>
            {may && (
              <>
                <Button
                  size="icon"
                  variant="outline"
                  className="size-7"
                  aria-label={t('fewer')}
                  disabled={session.capacity <= Math.max(1, taken)}
                  onClick={() => give(session.capacity - 1)}
                >
                  <Minus />
                </Button>
                <Button
                  size="icon"
                  variant="outline"
                  className="size-7"
                  aria-label={t('more')}
                  disabled={session.capacity >= MOST}
                  onClick={() => give(session.capacity + 1)}
                >
                  <Plus />
                </Button>
              </>
            )}
          </span>
        </Fact>
      </dl>
    </div>
  )
}

/** One of them: the name opens the visit, beside it what usually comes next. */
function Seat({ board, seat, may }: { board: Board; seat: Visit; may: boolean }) {
  const t = useTranslations('groups')
  const schedule = useTranslations('schedule')
  const { visit, status } = seat
  const { name } = visit.patient
  const row = useRef<HTMLLIElement>(null)
  const before = ['requested', 'scheduled', 'confirmed'].includes(status)
  return (
    <li ref={row} className="grid gap-1 rounded-md border px-2 py-1.5">
      <div className="flex items-center gap-1">
        <button
          type="button"
          className="me-auto min-w-0 truncate rounded text-start font-medium text-sm underline-offset-4 hover:underline"
          onClick={() => board.set({ visit: seat.id })}
        >
          <bdi>{name}</bdi>
        </button>
        <StatusChip status={status} visit={visit} className="shrink-0" />
      </div>
      <div className="flex flex-wrap gap-1">
        {may && before && (
          <Small label={t('arrived', { name })} onClick={() => void board.writes.take(visit, 'arrival')}>
            <DoorOpen aria-hidden /> {schedule('arrive')}
          </Small>
        )}
        {may && holdsTime(visit) && before && (
          <>
            <Small label={t('moveOne', { name })} onClick={() => board.setOpen({ kind: 'move-seat', item: seat })}>
              {schedule('move')}
            </Small>
            <Small label={t('cancelOne', { name })} onClick={() => board.setOpen({ kind: 'cancel', item: seat })}>
              <X aria-hidden />
            </Small>
          </>
        )}
        <Small label={t('openOne', { name })} onClick={() => board.openPatient(seat)}>
          <ArrowUpRight aria-hidden className="rtl:-scale-x-100" />
        </Small>
      </div>
    </li>
  )
}

function Small({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Button
      size="sm"
      variant="ghost"
      className="h-7 px-1.5 text-muted-foreground"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      {children}
    </Button>
  )
}

function Fact({ icon, term, children }: { icon: ReactNode; term: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-2 [&_dt_svg]:mt-0.5 [&_dt_svg]:size-4 [&_dt_svg]:text-muted-foreground">
      <dt>
        <span aria-hidden>{icon}</span>
        <span className="sr-only">{term}</span>
      </dt>
      <dd>{children}</dd>
    </div>
  )
}
