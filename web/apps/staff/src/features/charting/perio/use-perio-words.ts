import {
  attachmentLoss,
  cellsOf,
  type Edit,
  type Mouth,
  numberOfRow,
  type PerioWords,
  type Site,
  type Spot,
  siteOf,
} from '@chairside/dental/perio'
import { useMemo } from 'react'
import { useMessages, useTranslations } from 'use-intl'
import { useChartWords } from '../use-chart-words'

/** Sites and what stands at them, in the reader's language. */
export function usePerioWords() {
  const t = useTranslations('perio')
  const chart = useChartWords()
  const spot = ({ tooth, site }: { tooth: string; site: Site }) => `${chart.numbers([tooth])} ${site}`
  const signs = (mouth: Mouth, at: Spot) => {
    const site = siteOf(mouth, at)
    return (['bleeding', 'suppuration', 'plaque', 'calculus'] as const).filter(sign => site[sign]).map(sign => t(`signs.${sign}`))
  }
  return {
    t,
    chart,
    spot,
    row: (row: number) => t(`rows.${numberOfRow(row)}`),
    /** What a reading device says of a site. */
    cell: (mouth: Mouth, at: Spot) => {
      if (cellsOf(mouth, at.tooth).skipped) return `${spot(at)}: ${t('skipped')}`
      const { depth, margin } = siteOf(mouth, at)
      const loss = attachmentLoss(siteOf(mouth, at))
      const said = [
        depth == null ? t('notProbed') : t('depthOf', { mm: depth }),
        margin != null && t('marginOf', { mm: margin }),
        loss !== undefined && t('lossOf', { mm: loss }),
        ...signs(mouth, at),
      ]
      return `${spot(at)}: ${said.filter(Boolean).join(', ')}`
    },
    field: (edit: Edit) =>
      'site' in edit
        ? `${spot(edit)} ${t(`fields.${edit.field}`)}`
        : 'entrance' in edit
          ? `${chart.numbers([edit.tooth])} ${t('furcationAt', { entrance: edit.entrance })}`
          : `${chart.numbers([edit.tooth])} ${t('mobility' in edit ? 'fields.mobility' : 'skipped')}`,
  }
}

/** What may be said, in the reader's language. */
export function useSpoken(): PerioWords {
  const { perio } = useMessages() as unknown as { perio: { spoken: Omit<PerioWords, 'figures'> & { figures: string } } }
  return useMemo(() => ({ ...perio.spoken, figures: perio.spoken.figures.split(' ') }) as PerioWords, [perio])
}
