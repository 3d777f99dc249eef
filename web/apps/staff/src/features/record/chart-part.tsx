import type { Patient, ToothChart } from '@chairside/api'
import { drawnTeeth, expected, type Found, Odontogram, presenceOf, showsPrimary } from '@chairside/dental'
import '@chairside/dental/dental.css'
import { useMemo } from 'react'
import { useTranslations } from 'use-intl'
import { useChartWords } from '@/features/charting'
import { FindingList } from '@/features/charting/finding-list'
import { foundOf, LAYERS, listed } from '@/features/charting/model'
import { ageOf, useWriting } from '@/lib/clinic'
import { Part } from './part'

const ALL = new Set(LAYERS)
const nothing = () => undefined

/** The teeth as they stand, and every finding that ever was. */
export function ChartPart({ patient, chart }: { patient: Patient; chart: ToothChart }) {
  const t = useTranslations('record')
  const say = useTranslations('chart')
  const words = useChartWords()
  const writing = useWriting()
  const found = foundOf(chart)
  const age = patient.birth_date ? ageOf(patient.birth_date, writing.today) : 30
  const teeth = useMemo(() => drawnTeeth(found, chart.stage, age, { layers: ALL, until: undefined }), [found, chart.stage, age])
  const known = useMemo(() => presenceOf(found.filter((one: Found) => !one.struck_at)), [found])
  const presence = (id: string) => known.get(id) ?? expected(id, chart.stage, age)
  return (
    <Part title={t('chart')} none={false}>
      {/* Pictures are looked at: what they show is said in the list. */}
      <div dir="ltr" data-wide inert className="overflow-x-auto print:overflow-visible">
        <div className="min-w-[38rem] print:min-w-0">
          <Odontogram
            label={say('label')}
            teeth={teeth}
            presence={presence}
            primary={showsPrimary(found, chart.stage)}
            notation={words.notation}
            selected={[]}
            surfaces={[]}
            current=""
            wordsOf={id => words.cell(id, teeth.get(id) ?? { presence: presence(id), marks: [] })}
            onTooth={nothing}
          />
        </div>
      </div>
      <FindingList
        findings={listed(chart.findings, ALL, undefined, true)}
        empty={say('none')}
        mayWrite={false}
        onCurrent={nothing}
        onStrike={nothing}
        onRestore={nothing}
      />
    </Part>
  )
}
