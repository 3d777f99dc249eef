/** A part of the app that could not be fetched because the line was gone. */
export const NOT_FETCHED = 'NotFetched'
export const isNotFetched = (error: unknown) => error instanceof Error && error.name === NOT_FETCHED
