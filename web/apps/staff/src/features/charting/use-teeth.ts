import { numberOf, teethIn } from '@chairside/dental'
import { useTranslations } from 'use-intl'
import { useNotation } from './use-chart-words'

/** Teeth outside of the chart: written and read as this clinic counts them, kept by their FDI numbers. */
export function useTeeth() {
  const t = useTranslations('chart')
  const notation = useNotation()
  const written = (ids: readonly string[]) => ids.map(id => numberOf(id, notation)).join(', ')
  /** `trouble`: what is no tooth here is none of another notation either. */
  const read = (typed: string): { teeth: string[]; trouble?: string } => {
    const { teeth, wrong } = teethIn(typed, notation)
    return { teeth, trouble: wrong && t('trouble.tooth', { said: wrong }) }
  }
  return { written, read, example: written(['26', '25']) }
}
