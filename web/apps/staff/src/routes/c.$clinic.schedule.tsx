import { parseDate } from '@internationalized/date'
import { createFileRoute } from '@tanstack/react-router'
import { CompleteDialog } from '@/features/billing'
import { DayStrip } from '@/features/reports'
import { ScheduleScreen, type ScheduleSearch } from '@/features/scheduling'
import { SetUpCard } from '@/features/start'
import { useWriting } from '@/lib/clinic'

const oneOf = <T extends string>(value: unknown, ...choices: T[]) => choices.find(choice => choice === value)

/** A day that there is, of these centuries: 29 February 2026 is none, and then today is meant. */
function dayIn(value: unknown) {
  try {
    const day = parseDate(String(value))
    return day.year >= 1900 && day.year <= 2100 ? day.toString() : undefined
  } catch {
    return undefined
  }
}

export const Route = createFileRoute('/c/$clinic/schedule')({
  validateSearch: (search: Record<string, unknown>): ScheduleSearch => ({
    date: dayIn(search.date),
    view: oneOf(search.view, 'day', 'week', 'agenda'),
    by: oneOf(search.by, 'operatory', 'provider'),
    of: typeof search.of === 'string' ? search.of : undefined,
    visit: typeof search.visit === 'string' ? search.visit : undefined,
    carry: typeof search.carry === 'string' ? search.carry : undefined,
    patient: typeof search.patient === 'string' ? search.patient : undefined,
  }),
  component: function Day() {
    const search = Route.useSearch()
    const { today } = useWriting()
    return (
      <ScheduleScreen
        search={search}
        strip={<DayStrip date={search.date ?? today.toString()} />}
        setUp={<SetUpCard />}
        completing={(visit, onClose) => <CompleteDialog visit={visit} onClose={onClose} />}
      />
    )
  },
})
