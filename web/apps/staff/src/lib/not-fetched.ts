import { Refused, Unreachable } from '@chairside/api'

/** A part of the app that could not be fetched because the line was gone; or it begins without a line, and nothing can be asked. */
export const NOT_FETCHED = 'NotFetched'
export const isNotFetched = (error: unknown) =>
  error instanceof Error && (error.name === NOT_FETCHED || (error instanceof Unreachable && !navigator.onLine))

/** What a screen says in words, and no fault of the program's. */
export const isSaid = (error: unknown) => error instanceof Refused || error instanceof Unreachable || isNotFetched(error)
