import { BASE } from './paths'

/** Looking at the product as another role: of this window alone, until it is ended or the window is closed. */
export type Looking = { clinic: string; role: string; name: string }

const KEY = 'chairside.looking'

function kept(): Looking | undefined {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? 'null') ?? undefined
  } catch {
    return undefined
  }
}

const now = typeof sessionStorage === 'undefined' ? undefined : kept()

export const lookingIn = (clinic: string) => (now?.clinic === clinic ? now : undefined)

/** What is asked of the clinic that is looked at says as which role; the server takes away what that role does not permit. */
export const lookingAt = (pathname: string) =>
  now && `${pathname}/`.startsWith(`${BASE}/clinics/${now.clinic}/`) ? now : undefined

/** Begins anew, so that nothing is left of what was read before. */
export function beginLooking(looking: Looking) {
  sessionStorage.setItem(KEY, JSON.stringify(looking))
  location.assign(`/c/${looking.clinic}`)
}

export function endLooking(to: string) {
  sessionStorage.removeItem(KEY)
  location.assign(to)
}
