import type { DayVisit, Status } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import {
  Armchair,
  Ban,
  CalendarArrowUp,
  CalendarClock,
  CalendarPlus,
  CheckCheck,
  DoorOpen,
  LayoutList,
  Move,
  MoveVertical,
  ThumbsUp,
  Undo2,
  UserPlus,
  UsersRound,
  UserX,
  X,
} from 'lucide-react'
import { useTranslations } from 'use-intl'
import { takenOf } from './groups/blocks'
import type { Visit } from './model'
import type { ScheduleSearch } from './schedule-screen'
import { useTurning } from './use-turning'
import type { useVisitWrites } from './use-visit-writes'
import type { Verb } from './visit-panel'
import { LED_TO, type Taken } from './writes'

type Words = ReturnType<typeof useTranslations<'schedule'>>
type Says = { t: Words; word: (status: Status) => string; may: boolean; isToday: (at: string) => boolean }
type Acts = {
  take: ReturnType<typeof useVisitWrites>['take']
  cancel: (item: Visit) => void
  move: (item: Visit) => void
  stretch: (item: Visit) => void
  complete?: (item: Visit) => void
  carry: (item: Visit) => void
  /** Of a session: a seat more is booked, or all of it is cancelled. */
  join: (item: Visit) => void
  cancelSession: (item: Visit) => void
  /** Missing where it may not be taken back. */
  takeBack?: (item: Visit, step: Taken) => void
}

/** The step that can be taken back: the last, on the day of the clinic on which it was taken. */
export function lastStepOf(
  { last_step, status }: { last_step: DayVisit['last_step']; status: string },
  isToday: (at: string) => boolean,
) {
  const step = last_step?.step.replace('no_show', 'no-show') as Taken | undefined
  return step && last_step && LED_TO[step] === status && isToday(last_step.at) ? step : undefined
}

/** What can be done with the chosen visit now; the first is what usually comes next. */
export function verbsOf(chosen: Visit | undefined, { t, word, may, isToday }: Says, acts: Acts): Verb[] {
  if (!chosen || !may) return []
  if (chosen.session) return sessionVerbs(chosen, t, acts)
  const { visit, status } = chosen
  const isSeat = !!visit.group_session_id
  const last = lastStepOf(visit, isToday)
  const before = ['requested', 'scheduled', 'confirmed'].includes(status)
  const over = ['completed', 'no_show', 'cancelled'].includes(status)
  const step = (name: Parameters<Acts['take']>[1]) => () => void acts.take(visit, name)
  const list: (Verb | false)[] = [
    before && { id: 'arrive', label: t('arrive'), icon: <DoorOpen />, primary: true, run: step('arrival') },
    (status === 'arrived' || before) && {
      id: 'seat',
      label: t('seat'),

      icon: <Armchair />,
      primary: status === 'arrived',
      run: step('seating'),
    },
    !over &&
      !!acts.complete && {
        id: 'complete',
        label: t('complete'),

        icon: <CheckCheck />,
        primary: status === 'in_chair',
        run: () => acts.complete?.(chosen),
      },
    ['requested', 'scheduled'].includes(status) && {
      id: 'confirm',
      label: t('confirmVisit'),

      icon: <ThumbsUp />,
      run: step('confirmation'),
    },
    !over && { id: 'move', label: t('move'), icon: <Move />, run: () => acts.move(chosen) },
    !over && !isSeat && { id: 'stretch', label: t('stretch'), icon: <MoveVertical />, run: () => acts.stretch(chosen) },
    !over && !isSeat && { id: 'carry', label: t('carry'), icon: <CalendarArrowUp />, run: () => acts.carry(chosen) },
    before && { id: 'no-show', label: t('noShow'), icon: <UserX />, run: step('no-show') },
    !!last &&
      !!acts.takeBack && {
        id: 'take-back',
        label: t('takeBack', { step: word(status) }),

        icon: <Undo2 />,
        run: () => acts.takeBack?.(chosen, last),
      },
    !over && { id: 'cancel', label: t('cancel'), icon: <X />, run: () => acts.cancel(chosen) },
  ]
  return list.filter(verb => verb !== false)
}

/** As long as nobody has arrived all of it can be moved or cancelled. */
function sessionVerbs(item: Visit, t: Words, acts: Acts): Verb[] {
  const { session, seats = [] } = item
  const taken = takenOf(seats.map(seat => seat.visit))
  const still = seats.every(seat => ['requested', 'scheduled', 'confirmed', 'no_show', 'cancelled'].includes(seat.status))
  const list: (Verb | false)[] = [
    !!session &&
      taken < session.capacity && {
        id: 'book',
        label: t('group.add'),
        icon: <UserPlus />,
        primary: true,
        run: () => acts.join(item),
      },
    still && { id: 'move', label: t('group.moveAll'), icon: <Move />, run: () => acts.move(item) },
    still && { id: 'cancel', label: t('group.cancelAll'), icon: <X />, run: () => acts.cancelSession(item) },
  ]
  return list.filter(verb => verb !== false)
}

type Options = {
  date: string
  /** How many days J and K go. */
  stride: number
  chosen: Visit | undefined
  verbs: Verb[]
  set: (next: Partial<ScheduleSearch>) => void
  book?: () => void
  find?: () => void
  block?: () => void
  fill?: () => void
  openGroup?: () => void
  views: () => void
  openPatient: (item: Visit) => void
  printSlip: (item: Visit) => void
  /** While a visit is carried to another day. */
  put?: () => void
}

/** The keys of the day and of the chosen visit. */
export function useBoardCommands({ date, stride, chosen, verbs, set, views, openPatient, printSlip, ...may }: Options) {
  const { book, find, block, fill, openGroup, put } = may
  const t = useTranslations('schedule')
  const shell = useTranslations('shell')
  const day = shell('groups.schedule')
  const visit = shell('groups.visit')
  useTurning({ date, stride, set })
  useCommands([
    ...(book ? [{ id: 'book', group: day, label: t('book'), icon: <CalendarPlus />, run: () => book() }] : []),
    ...(find ? [{ id: 'find-time', group: day, label: t('findTime'), icon: <CalendarClock />, run: () => find() }] : []),
    ...(block ? [{ id: 'block', group: day, label: t('blockTime'), icon: <Ban />, run: () => block() }] : []),
    ...(fill ? [{ id: 'fill', group: day, label: t('fillTime'), icon: <UsersRound />, run: () => fill() }] : []),
    ...(openGroup
      ? [{ id: 'open-session', group: day, label: t('group.open'), icon: <UsersRound />, run: () => openGroup() }]
      : []),
    { id: 'date', group: day, label: t('goToDate'), run: () => document.getElementById('go-to-date')?.click() },
    {
      id: 'by-operatory',
      group: day,
      label: `${t('by')}: ${t('operatory')}`,
      run: () => set({ by: undefined, of: undefined, columns: undefined, visit: undefined }),
    },
    {
      id: 'by-provider',
      group: day,
      label: `${t('by')}: ${t('provider')}`,
      run: () => set({ by: 'provider', of: undefined, columns: undefined, visit: undefined }),
    },
    { id: 'views', group: day, label: t('views'), icon: <LayoutList />, run: () => views() },
    { id: 'view-day', group: day, label: `${t('view')}: ${t('dayView')}`, run: () => set({ view: undefined }) },
    { id: 'view-week', group: day, label: `${t('view')}: ${t('weekView')}`, run: () => set({ view: 'week' }) },
    { id: 'view-agenda', group: day, label: `${t('view')}: ${t('agenda')}`, run: () => set({ view: 'agenda' }) },
    ...(put
      ? [
          { id: 'put', group: visit, label: t('put'), run: () => put() },
          { id: 'leave', group: visit, label: t('leave'), run: () => set({ carry: undefined }) },
        ]
      : []),
    // Of a session the key that books is the same, and books a seat.
    ...verbs.filter(verb => verb.id !== 'book').map(({ id, label, icon, run }) => ({ id, label, icon, run, group: visit })),
    ...(chosen && !chosen.session
      ? [
          { id: 'open', group: visit, label: t('openChart'), run: () => openPatient(chosen) },
          { id: 'slip', group: visit, label: t('slip'), run: () => printSlip(chosen) },
        ]
      : []),
  ])
}
