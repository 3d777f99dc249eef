import { Trouble } from './api'
import type { Say } from './words'

const SAID: Record<string, Parameters<Say>[0]> = {
  Offline: 'offline',
  TimeTaken: 'problem.taken',
  PageIsBusy: 'problem.busy',
  Busy: 'problem.busy',
  TooManyRequests: 'problem.tooMany',
  NoSuchLink: 'problem.linkGone',
  NoSuchOffer: 'problem.linkGone',
  OfferIsGone: 'offer.gone',
  NoSuchCode: 'code.over',
  LinkUsed: 'problem.used',
  TooLateToChange: 'noChange',
  NoSuchThing: 'closed',
}

export const codeOf = (error: unknown) => (error instanceof Trouble ? error.code : 'Bug')
export const said = (code: string): Parameters<Say>[0] => SAID[code] ?? 'problem.other'
