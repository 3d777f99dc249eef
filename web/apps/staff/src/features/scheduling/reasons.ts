import type { DayVisit, Service } from '@chairside/api'
import { fold } from '@chairside/ui'

const KEPT = 40
const keyOf = (clinic: string) => `chairside.booked.${clinic}`

/** The reasons this desk booked last, newest first: ids of services, and nothing of any patient. */
export function lastBooked(clinic: string): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(clinic)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(id => typeof id === 'string') : []
  } catch {
    return []
  }
}

/** As far as the browser keeps anything: a visit that was booked is booked all the same. */
export function rememberBooked(clinic: string, id: string) {
  try {
    localStorage.setItem(keyOf(clinic), JSON.stringify([id, ...lastBooked(clinic)].slice(0, KEPT)))
  } catch {}
}

/**
 * What this desk books most comes first, of two the one booked later; then what the days that were looked at are full of;
 * then the alphabet.
 */
export function inOrderOfUse(services: Service[], lately: string[], visits: Pick<DayVisit, 'service_id'>[]): Service[] {
  const count = (ids: (string | null)[], id: string) => ids.filter(one => one === id).length
  const seen = visits.map(visit => visit.service_id)
  const since = (id: string) => (lately.includes(id) ? lately.indexOf(id) : lately.length)
  return [...services].sort(
    (a, b) =>
      count(lately, b.id) - count(lately, a.id) ||
      since(a.id) - since(b.id) ||
      count(seen, b.id) - count(seen, a.id) ||
      a.name.localeCompare(b.name),
  )
}

/** Whose name or code has every word that was typed; first those in which a word begins so. Order is kept otherwise. */
export function matching(services: Service[], text: string): Service[] {
  const typed = fold(text).split(/\s+/).filter(Boolean)
  const wordsOf = ({ name, code }: Service) => fold(`${name} ${code ?? ''}`)
  const found = services.filter(one => typed.every(word => wordsOf(one).includes(word)))
  const begins = (one: Service) => typed.every(word => ` ${wordsOf(one)}`.replace(/[^\p{L}\d]+/gu, ' ').includes(` ${word}`))
  return [...found.filter(begins), ...found.filter(one => !begins(one))]
}
