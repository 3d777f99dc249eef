import { createFileRoute } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { RequestsChip } from '@/features/booking/requests-chip'
import { DayStrip } from '@/features/reports'
import { ScheduleScreen, type ScheduleSearch } from '@/features/scheduling'
import { SetUpCard } from '@/features/start'
import { useWriting } from '@/lib/clinic'
import { dayIn } from '@/lib/day-in'

/** After the day is painted, before anybody has finished a visit. */
const completing = () => import('@/features/billing/complete-dialog').then(one => ({ default: one.CompleteDialog }))
const CompleteDialog = lazy(completing)

const oneOf = <T extends string>(value: unknown, ...choices: T[]) => choices.find(choice => choice === value)

const idsIn = (value: unknown) => {
  const ids = Array.isArray(value) ? value.filter(id => typeof id === 'string').slice(0, 200) : []
  return ids.length ? ids : undefined
}

export const Route = createFileRoute('/c/$clinic/schedule')({
  validateSearch: (search: Record<string, unknown>): ScheduleSearch => ({
    date: dayIn(search.date),
    view: oneOf(search.view, 'day', 'week', 'agenda'),
    span: oneOf(search.span, 'week'),
    by: oneOf(search.by, 'operatory', 'provider'),
    of: typeof search.of === 'string' ? search.of : undefined,
    columns: idsIn(search.columns),
    visit: typeof search.visit === 'string' ? search.visit : undefined,
    carry: typeof search.carry === 'string' ? search.carry : undefined,
    patient: typeof search.patient === 'string' ? search.patient : undefined,
    service: typeof search.service === 'string' ? search.service : undefined,
  }),
  component: function Day() {
    const search = Route.useSearch()
    const { today } = useWriting()
    useEffect(() => void completing(), [])
    return (
      <ScheduleScreen
        search={search}
        strip={<DayStrip date={search.date ?? today.toString()} by={search.by} />}
        setUp={
          <>
            <SetUpCard />
            <RequestsChip />
          </>
        }
        completing={(visit, onClose) => (
          <Suspense>
            <CompleteDialog visit={visit} onClose={onClose} />
          </Suspense>
        )}
      />
    )
  },
})
