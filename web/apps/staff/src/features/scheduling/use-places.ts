import type { Place } from '@chairside/schedule'
import { useWriting } from '@/lib/clinic'
import type { Frame, Visit } from './model'
import type { By, Resources } from './queries'
import { useDayWords } from './use-day-words'

/** The places of what is drawn, in words. */
export function usePlaces(frame: Frame, by: By, resources: Resources) {
  const writing = useWriting()
  const words = useDayWords()
  const own = by === 'operatory' ? resources.operatories : resources.providers
  const days = new Set(frame.tracks.map(track => track.date)).size
  const nameOf = (column: number) =>
    own.find(one => one.id === frame.tracks[column]?.id)?.name ?? frame.columns[column]?.title ?? ''
  return {
    timeAt: ({ column, start }: Place) => writing.time(frame.instantAt(column, start)),
    /** Where a day is not the only one, it is named with the column. */
    spot({ column, start, length }: Place) {
      const { date = '' } = frame.tracks[column] ?? {}
      return {
        time: writing.range(frame.instantAt(column, start), frame.instantAt(column, start + length)),
        column: days > 1 ? `${words.short(date)} · ${nameOf(column)}` : nameOf(column),
      }
    },
    /** With whom and where, as the visit has it. */
    whereOf: ({ visit }: Visit) =>
      [
        resources.operatories.find(one => one.id === visit.operatory_id)?.name,
        resources.providers.find(one => one.id === visit.provider_id)?.name,
      ]
        .filter(Boolean)
        .join(' · '),
  }
}
