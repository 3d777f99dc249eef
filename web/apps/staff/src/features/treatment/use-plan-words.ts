import type { TreatmentItem } from '@chairside/api'
import { numberOf, writeSurfaces } from '@chairside/dental'
import { useTranslations } from 'use-intl'
import { useNotation } from '@/features/charting/use-chart-words'

export type Where = Pick<TreatmentItem, 'tooth' | 'through' | 'surfaces' | 'quadrant' | 'arch'>

/** Where something is done, as this clinic counts teeth. */
export function usePlanWords() {
  const t = useTranslations('plans')
  const notation = useNotation()
  const place = ({ tooth, through, surfaces, quadrant, arch }: Where) => {
    if (arch) return t(`arches.${arch}`)
    if (quadrant) return t(`quadrants.${(((quadrant - 1) % 4) + 1) as 1 | 2 | 3 | 4}`)
    const row = [tooth, through].flatMap(id => (id ? [numberOf(id, notation)] : [])).join('–')
    return [row, writeSurfaces(surfaces)].filter(Boolean).join(' ')
  }
  return { notation, place, item: (item: Where & { name: string }) => [item.name, place(item)].filter(Boolean).join(' ') }
}
