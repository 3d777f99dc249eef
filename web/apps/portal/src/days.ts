/** The days of a clinic, and the hours of its day. */
import type { Opening } from './api'

const parts = (zone: string, at: Date) => {
  const how = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  })
  return Object.fromEntries(how.formatToParts(at).map(({ type, value }) => [type, value]))
}
export const dayOf = (at: string | Date, zone: string) => {
  const { year, month, day } = parts(zone, new Date(at))
  return `${year}-${month}-${day}`
}
export const plusDays = (day: string, days: number) => {
  const at = new Date(`${day}T12:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}
export type Part = 'morning' | 'afternoon' | 'evening'
export const partOf = (at: string, zone: string): Part => {
  const hour = Number(parts(zone, new Date(at)).hour)
  return hour < 12 ? 'morning' : hour < 17 ? 'afternoon' : 'evening'
}
/** By day, those that have times; in order. */
export function byDay(slots: Opening[], zone: string): [string, Opening[]][] {
  const days = new Map<string, Opening[]>()
  for (const slot of slots) {
    const day = dayOf(slot.starts_at, zone)
    days.set(day, [...(days.get(day) ?? []), slot])
  }
  return [...days]
}
