import { needWords } from '@chairside/i18n'
import { createFileRoute } from '@tanstack/react-router'
import { DayScreen, type DaySearch } from '@/features/reports'
import { FIGURES } from '@/features/reports/model'
import { dayIn } from '@/lib/day-in'

export const Route = createFileRoute('/c/$clinic/day')({
  validateSearch: (search: Record<string, unknown>): DaySearch => ({
    date: dayIn(search.date),
    figure: FIGURES.find(figure => figure === search.figure),
  }),
  loader: () => needWords('day'),
  component: () => <DayScreen {...Route.useSearch()} />,
})
