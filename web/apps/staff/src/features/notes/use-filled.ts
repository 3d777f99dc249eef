import { useTranslations } from 'use-intl'
import { useChartWords } from '@/features/charting'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { fillTemplate } from './writes'

const CHART = /\{\{\s*chart\.today\s*\}\}/g

/** A template with everything that is known filled in; what the tooth chart has of today is said in the reader's words. */
export function useFilled(patient: string) {
  const t = useTranslations('notes')
  const clinic = useSlug()
  const words = useChartWords()
  return async (template: string) => {
    const filled = await send(fillTemplate(clinic, patient, template))
    const said = filled.found.map(one => {
      const what = words.what({ ...one, detail: null } as Parameters<typeof words.what>[0])
      return one.layer === 'condition' ? what : `${what} (${words.layer(one.layer as 'planned')})`
    })
    return { ...filled, body: filled.body.replace(CHART, () => said.join('; ') || `[[${t('chartToday')}]]`) }
  }
}
