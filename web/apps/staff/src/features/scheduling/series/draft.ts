import type { NewSeries, Occurrence } from '@chairside/api'

export type Unit = 'day' | 'week' | 'month'
export type Draft = {
  unit: Unit
  every: string
  weekdays: number[]
  ends: 'times' | 'until'
  times: string
  until: string
}
/** What somebody decided of a day of the series: without it, it is booked if it can be had. */
export type Choice = 'leave' | 'anyway' | { at: string }
export type Choices = Record<string, Choice | undefined>
export type Row = {
  on: string
  /** By the rule, and as it will be booked. */
  planned: string
  at: string
  booked: boolean
  /** It cannot be had then, even if somebody insists. */
  taken: boolean
  reasons: Occurrence['reasons']
  instead: string | null
}

export const MOST = 52
const COUNT = /^[1-9][0-9]?$/
/** Somebody may be seen outside of working hours; where there is somebody else already, they may not. */
const TAKEN = ['taken', 'in_a_buffer', 'held', 'blocked', 'inactive', 'archived']

const isCount = (text: string) => COUNT.test(text) && Number(text) <= MOST

/** The fields that are not filled in as they must be. */
export function wrongIn({ every, ends, times, until, unit, weekdays }: Draft, first: string): string[] {
  return [
    ...(isCount(every) ? [] : ['every']),
    ...(ends === 'times' && !isCount(times) ? ['times'] : []),
    ...(ends === 'until' && (!until || until < first) ? ['until'] : []),
    ...(unit === 'week' && !weekdays.length ? ['weekdays'] : []),
  ]
}

export const repeatOf = (draft: Draft, starts_on: string, time: string): NewSeries['repeat'] => ({
  unit: draft.unit,
  every: Number(draft.every),
  weekdays: draft.unit === 'week' ? [...draft.weekdays].sort() : [],
  starts_on,
  time,
  ...(draft.ends === 'times' ? { times: Number(draft.times) } : { until: draft.until }),
})

export const rowsOf = (found: Occurrence[], choices: Choices): Row[] =>
  found.map(({ on, starts_at, free, reasons, instead }) => {
    const choice = choices[on]
    const moved = typeof choice === 'object'
    const taken = !moved && reasons.some(one => TAKEN.includes(one.because.code))
    return {
      on,
      planned: starts_at,
      at: moved ? choice.at : starts_at,
      booked: choice === undefined ? free : choice !== 'leave' && !taken,
      taken,
      reasons: moved ? [] : reasons,
      instead: moved ? null : instead,
    }
  })

/** What is left out, and what takes place at another time or although nobody works then. */
export const decided = (rows: Row[], choices: Choices): Pick<NewSeries, 'skip' | 'instead'> => ({
  skip: rows.filter(row => !row.booked).map(row => row.on),
  instead: rows.filter(row => row.booked && choices[row.on]).map(row => ({ on: row.on, starts_at: row.at })),
})
