import { parseDate, toZoned } from '@internationalized/date'
import { useWriting } from '@/lib/clinic'

/** When a day of the clinic begins, or one so many days later. */
export function useStartOf() {
  const { timezone } = useWriting()
  return (day: string, later: number) => toZoned(parseDate(day).add({ days: later }), timezone).toAbsoluteString()
}
