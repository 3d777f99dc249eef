import { type Finding, isRefused, type NewFinding, type Patient, type ToothChart } from '@chairside/api'
import { notify } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { useRefusalWords } from '@/lib/problem-words'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { useChartWords } from './use-chart-words'
import { completeFinding, recordFindings, restoreFinding, setStage, strikeFinding } from './writes'

/** What can be done with a chart: said when accepted, offered back for ten seconds. */
export function useChartActs(patient: Patient) {
  const t = useTranslations('chart')
  const clinic = useSlug()
  const words = useChartWords()
  const tell = useTell()
  const regret = useRegret()
  const refused = useRefusalWords()
  const strikeAll = (made: Finding[]) => async () => {
    for (const one of made) await send(strikeFinding(clinic, patient.id, one, t('undone')))
  }
  async function record(body: NewFinding): Promise<boolean> {
    try {
      const { findings, notices } = await send(recordFindings(clinic, patient.id, body))
      const about = notices.map(one => t('retained', { teeth: words.numbers(one.teeth) })).join(' ') || undefined
      tell(t('did', { what: findings.map(words.what).join(', ') }), strikeAll(findings), { about })
      return true
    } catch (error) {
      if (!isRefused(error, 'ToothIsAbsent')) {
        regret(error)
        return false
      }
      const all = { label: t('absentYes'), run: () => void record({ ...body, even_if_absent: true }) }
      notify({ tone: 'danger', title: t('absentTitle'), about: refused(error.problem), offers: [all] })
      return false
    }
  }
  return {
    record,
    strike: (finding: Finding, reason: string) =>
      send(strikeFinding(clinic, patient.id, finding, reason)).then(
        struck => tell(t('didStrike', { what: words.what(finding) }), () => send(restoreFinding(clinic, patient.id, struck))),
        regret,
      ),
    restore: (finding: Finding) =>
      send(restoreFinding(clinic, patient.id, finding)).then(
        back =>
          tell(t('didRestore', { what: words.what(finding) }), () =>
            send(strikeFinding(clinic, patient.id, back, finding.strike_reason ?? t('undone'))),
          ),
        regret,
      ),
    complete: (finding: Finding) =>
      send(completeFinding(clinic, patient.id, finding)).then(
        ({ findings }) => tell(t('didComplete', { what: words.what(finding) }), strikeAll(findings)),
        regret,
      ),
    stage: (stage: ToothChart['stage_set'], before: ToothChart['stage_set']) =>
      send(setStage(clinic, patient.id, stage)).then(
        () => tell(t('didStage', { stage: t(`stages.${stage}`) }), () => send(setStage(clinic, patient.id, before))),
        regret,
      ),
  }
}
export type ChartActs = ReturnType<typeof useChartActs>
