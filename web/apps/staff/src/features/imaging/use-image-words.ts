import type { PatientImage } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useTeeth } from '@/features/charting/use-teeth'
import { useWriting } from '@/lib/clinic'

/** `Bitewing · Mar 3, 2026 · teeth 14, 13`. */
export function useImageWords() {
  const t = useTranslations('imaging')
  const { day } = useWriting()
  const { written } = useTeeth()
  return ({ kind, taken_on, teeth }: Pick<PatientImage, 'kind' | 'taken_on' | 'teeth'>, noTeeth = '') =>
    [t(`kinds.${kind}`), day(taken_on), teeth.length ? t('ofTeeth', { teeth: written(teeth) }) : noTeeth]
      .filter(Boolean)
      .join(' · ')
}
