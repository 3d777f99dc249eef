import { parseDate } from '@internationalized/date'

/** A day that there is, of these centuries: 29 February 2026 is none, and then today is meant. */
export function dayIn(value: unknown) {
  try {
    const day = parseDate(String(value))
    return day.year >= 1900 && day.year <= 2100 ? day.toString() : undefined
  } catch {
    return undefined
  }
}
