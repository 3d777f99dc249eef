import type { ProgramKey } from '@chairside/api'

export const SOON_DAYS = 14
const DAY_MS = 86_400_000

export type KeyState = 'revoked' | 'expired' | 'soon' | 'good'
type Key = Pick<ProgramKey, 'expires_at' | 'revoked_at'>

/** Whole days until it runs out: less than one is today. */
export const daysLeft = (expires: string, now: number) => Math.floor((Date.parse(expires) - now) / DAY_MS)

export function stateOf({ expires_at, revoked_at }: Key, now: number): KeyState {
  if (revoked_at) return 'revoked'
  if (!expires_at) return 'good'
  if (Date.parse(expires_at) <= now) return 'expired'
  return daysLeft(expires_at, now) < SOON_DAYS ? 'soon' : 'good'
}

/** Those that open the door now. */
export const goodOf = <K extends Key>(keys: readonly K[], now: number) =>
  keys.filter(key => ['good', 'soon'].includes(stateOf(key, now)))

/**
 * In how many days something stops working for want of a key: undefined while that is far off, or while another key goes on
 * after the one that runs out.
 */
export function stopsIn(keys: readonly Key[], now: number): number | undefined {
  const good = goodOf(keys, now)
  if (good.length === 0 || good.some(key => stateOf(key, now) === 'good')) return undefined
  return Math.max(...good.map(key => daysLeft(key.expires_at as string, now)))
}

/** When any of them was used last. */
export const lastUseOf = (keys: readonly ProgramKey[]) =>
  keys
    .flatMap(key => key.last_used_at ?? [])
    .sort()
    .at(-1) ?? null

export const LIVES = ['30', '90', '365', 'never'] as const
export type Life = (typeof LIVES)[number]
/** Three months: long enough to be forgotten about, short enough to have somebody look. */
export const USUAL_LIFE: Life = '90'

export const expiryOf = (life: Life, now: number) =>
  life === 'never' ? null : new Date(now + Number(life) * DAY_MS).toISOString()
