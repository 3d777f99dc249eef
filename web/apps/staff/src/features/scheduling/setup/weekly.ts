import type { Weekly } from '@chairside/api'

/** Local blocks per ISO weekday. An end at or before its start is on the next day. */
export type Block = [from: string, to: string]
export const DAYS = ['1', '2', '3', '4', '5', '6', '7'] as const
export type Day = (typeof DAYS)[number]

export const USUAL: Weekly = Object.fromEntries(DAYS.slice(0, 5).map(day => [day, [['09:00', '17:00']]]))

const minutes = (time: string) => {
  const [hours = 0, rest = 0] = time.split(':').map(Number)
  return hours * 60 + rest
}
export const lengthOf = ([from, to]: Block) => (minutes(to) - minutes(from) + 24 * 60) % (24 * 60) || 24 * 60
export const crossesMidnight = ([from, to]: Block) => minutes(to) <= minutes(from) && to !== '24:00'

/** The next block that makes sense on a day: after the last one, an hour's break between. */
export function another(blocks: Block[]): Block {
  const last = blocks.at(-1)
  if (!last) return ['09:00', '17:00']
  const start = Math.min(minutes(last[1]) + 60, 22 * 60)
  const write = (at: number) => `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`
  return [write(start), write(Math.min(start + 180, 23 * 60 + 55))]
}

/** The first two blocks of one day that meet, which nobody means. */
export function overlapping(blocks: Block[]): boolean {
  const spans = blocks.map(block => [minutes(block[0]), minutes(block[0]) + lengthOf(block)] as const).sort((a, b) => a[0] - b[0])
  return spans.some(([from], index) => index > 0 && from < (spans[index - 1]?.[1] ?? 0))
}

export const blocksOf = (weekly: Weekly, day: string) => (weekly[day] ?? []) as Block[]
export const withDay = (weekly: Weekly, day: string, blocks: Block[]): Weekly => ({ ...weekly, [day]: blocks })

/** Days that are written alike stand together: `Mon–Fri 09:00–17:00`. */
export function summaryOf(weekly: Weekly): { from: Day; to: Day; blocks: Block[] }[] {
  const groups: { from: Day; to: Day; blocks: Block[] }[] = []
  for (const day of DAYS) {
    const blocks = blocksOf(weekly, day)
    const last = groups.at(-1)
    const follows = last && Number(last.to) + 1 === Number(day) && JSON.stringify(last.blocks) === JSON.stringify(blocks)
    if (follows) last.to = day
    else if (blocks.length) groups.push({ from: day, to: day, blocks })
  }
  return groups
}

/** The days of the week in the order of the reader's calendar. */
export function weekOf(locale: string): Day[] {
  const info = new Intl.Locale(locale) as Intl.Locale & {
    getWeekInfo?: () => { firstDay: number }
    weekInfo?: { firstDay: number }
  }
  const first = (info.getWeekInfo?.() ?? info.weekInfo)?.firstDay ?? 1
  return [...DAYS.slice(first - 1), ...DAYS.slice(0, first - 1)]
}

/** A weekday in the reader's words: 1 is Monday. */
export const dayName = (day: string, locale: string, weekday: 'long' | 'short' = 'long') =>
  new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, Number(day))))
