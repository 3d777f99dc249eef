import {
  type ConditionName,
  type DrawnTooth,
  type Entry,
  type Found,
  type Notation,
  numberOf,
  toothOf,
  writeSurfaces,
} from '@chairside/dental'
import { useTranslations } from 'use-intl'
import { useClinic } from '@/lib/clinic'

/** How numbers of teeth are written in this clinic; where nobody said, as its country has it. */
export function useNotation(): Notation {
  const { tooth_notation, locale } = useClinic()
  return tooth_notation ?? (locale.endsWith('-US') ? 'universal' : 'fdi')
}

/** Teeth and what is said of them, in the reader's language. */
export function useChartWords() {
  const t = useTranslations('chart')
  const notation = useNotation()
  const numbers = (teeth: readonly string[]) => teeth.map(id => numberOf(id, notation)).join(', ')
  const condition = (name: ConditionName) => t(`conditions.${name}`)
  const tooth = (id: string) => {
    const known = toothOf(id)
    if (!known) return id
    const place = `${known.upper ? 'upper' : 'lower'}${known.right ? 'Right' : 'Left'}` as const
    const kind = [t(`kinds.${known.kind}`), known.primary && t('primary'), known.ordinal > 0 && t('extra')]
      .filter(Boolean)
      .join(', ')
    return t('toothOf', { number: numberOf(id, notation), kind, place: t(`places.${place}`) })
  }
  const what = (one: Pick<Found, 'teeth' | 'surfaces' | 'condition' | 'material' | 'detail'>) =>
    [
      numbers(one.teeth),
      writeSurfaces(one.surfaces),
      condition(one.condition),
      one.material && t(`materials.${one.material as 'gold'}`),
      one.detail && t(`details.${one.detail as 'root'}`),
    ]
      .filter(Boolean)
      .join(' ')
  return {
    notation,
    numbers,
    condition,
    tooth,
    what,
    layer: (layer: Found['layer']) => t(`layers.${layer}`),
    /** What a reading device says of a tooth. */
    cell: (id: string, state: DrawnTooth) => {
      const said = state.marks.map(mark =>
        [condition(mark.condition), writeSurfaces(mark.surfaces), mark.layer !== 'condition' && t(`layers.${mark.layer}`)]
          .filter(Boolean)
          .join(' '),
      )
      const there = state.presence === 'present' ? [] : [t(`presence.${state.presence}`)]
      return [tooth(id), [...there, ...said].join('; ') || t('healthy')].join(': ')
    },
    entry: (entry: Entry) => {
      const planned =
        entry.plan &&
        [condition(entry.plan.condition), entry.plan.material && t(`materials.${entry.plan.material as 'gold'}`)]
          .filter(Boolean)
          .join(' ')
      const layer = entry.layer === 'condition' ? undefined : t(`layers.${entry.layer}`)
      return [what({ ...entry, detail: null }), layer, planned && t('plannedToo', { what: planned })].filter(Boolean).join(' · ')
    },
  }
}
export type ChartWords = ReturnType<typeof useChartWords>
