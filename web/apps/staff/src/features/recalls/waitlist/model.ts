import type { Waiting } from '@chairside/api'

/** Apart, because the route reads its address before the screen is fetched. */
export const WAITING = ['waiting', 'booked', 'expired', 'closed'] as const
export type WaitingStatus = (typeof WAITING)[number]
export type WaitlistSearch = { status?: WaitingStatus; service?: string; entry?: string }
export const PARTS = ['morning', 'afternoon', 'evening'] as const
export const WEEK = [1, 2, 3, 4, 5, 6, 7] as const

/** Notice in the unit in which people say it. */
export const noticeOf = (hours: number) => (hours === 0 ? undefined : hours % 24 === 0 ? { days: hours / 24 } : { hours })

/** As much of it as a form keeps. */
export const factsOf = (one: Waiting) => ({
  service_id: one.service_id,
  provider_ids: one.provider_ids,
  weekdays: one.weekdays,
  parts: one.parts,
  from_on: one.from_on,
  until_on: one.until_on,
  notice_hours: one.notice_hours,
  urgent: one.urgent,
  expires_on: one.expires_on,
  note: one.note,
})
export type WaitingFacts = ReturnType<typeof factsOf>
