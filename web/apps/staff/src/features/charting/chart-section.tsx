import type { Finding, Patient, ToothChart } from '@chairside/api'
import {
  CONDITIONS,
  drawnTeeth,
  expected,
  type Layer,
  neighbour,
  Odontogram,
  ponticsOf,
  presenceOf,
  readEntry,
  showsPrimary,
  type Words,
} from '@chairside/dental'
import '@chairside/dental/dental.css'
import { useQuery } from '@tanstack/react-query'
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react'
import { useMessages, useTranslations } from 'use-intl'
import { ReasonDialog } from '@/features/scheduling'
import { Answer } from '@/lib/answer'
import { ageOf, useMay, useSlug, useWriting } from '@/lib/clinic'
import { type Chosen, ConditionPalette } from './condition-palette'
import { EntryField } from './entry-field'
import { FindingList } from './finding-list'
import { LookingAt } from './looking-at'
import { bodyOf, daysOf, foundOf, LAYERS, listed } from './model'
import { chartQuery } from './queries'
import { ScribeFor } from './scribe-for'
import { useChartActs } from './use-chart-acts'
import { useChartWords } from './use-chart-words'
import { useChoice } from './use-choice'

/** A patient's teeth: drawn, typed, clicked and read. */
export function ChartSection({ patient }: { patient: Patient }) {
  const chart = useQuery(chartQuery(useSlug(), patient.id))
  return <Answer to={chart}>{seen => <Chart patient={patient} chart={seen} />}</Answer>
}

function Chart({ patient, chart }: { patient: Patient; chart: ToothChart }) {
  const t = useTranslations('chart')
  const words = useChartWords()
  const writing = useWriting()
  const acts = useChartActs(patient)
  const own = useMay('charting.write')
  const mayWrite = useMay('charting.write', 'charting.scribe') && !patient.archived_at
  const mayPlan = useMay('treatment.write')
  const [text, setText] = useState('')
  const [layers, setLayers] = useState<ReadonlySet<Layer>>(new Set(LAYERS))
  const [until, setUntil] = useState<string>()
  const [struckToo, setStruckToo] = useState(false)
  const [finding, setFinding] = useState<Finding>()
  const [striking, setStriking] = useState<Finding>()
  const [provider, setProvider] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const grid = useRef<HTMLDivElement>(null)
  const choice = useChoice()

  // Whoever opens a chart to write types at once; on a touch screen that would only raise a keyboard over the teeth.
  useEffect(() => {
    if (!matchMedia('(pointer: coarse)').matches) field.current?.focus({ preventScroll: true })
  }, [])
  const found = foundOf(chart)
  const age = patient.birth_date ? ageOf(patient.birth_date, writing.today) : 30
  const teeth = useMemo(() => drawnTeeth(found, chart.stage, age, { layers, until }), [found, chart.stage, age, layers, until])
  const primary = showsPrimary(found, chart.stage)
  const said = useMemo(() => presenceOf(found.filter(one => !one.struck_at)), [found])
  const presence = (id: string) => said.get(id) ?? expected(id, chart.stage, age)
  const named = useWordsOfEntry()
  const reading = readEntry(text, words.notation, named, choice.teeth)
  const days = daysOf(chart.findings)
  const list = listed(chart.findings, layers, until, struckToo)

  async function enter() {
    if (!reading.entry) return
    setText('')
    if (!(await acts.record(bodyOf(reading.entry, provider)))) setText(now => now || text)
  }
  function choose({ condition, layer, usual }: Chosen) {
    const { teeth, surfaces } = choice
    const plan = usual ? CONDITIONS[condition].usual : null
    const pontics = ponticsOf(condition, teeth)
    void acts.record(bodyOf({ teeth, surfaces, condition, layer, material: null, pontics, plan }, provider))
    choice.clear()
  }
  const show = (id: string) => grid.current?.querySelector<HTMLElement>(`[data-tooth="${id}"]`)?.focus()
  function key(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = neighbour(choice.current, event.key, primary)
    if (next) {
      event.preventDefault()
      choice.move(next, event.shiftKey)
      show(next)
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault()
      choice.pick(choice.current, { add: event.key === ' ', run: false })
      if (event.key === 'Enter') field.current?.focus()
    } else if (event.key === 'Escape') choice.clear()
    else if (event.key === 'Delete' && mayWrite) {
      const last = teeth.get(choice.current)?.marks.at(-1)
      setStriking(chart.findings.find(one => one.id === last?.id))
    } else if (/^[modblifvp]$/i.test(event.key)) {
      // A letter of a surface is no command here.
      event.preventDefault()
      event.stopPropagation()
      choice.surface(event.key.toUpperCase())
    } else if (/^\d$/.test(event.key) && mayWrite) {
      event.preventDefault()
      event.stopPropagation()
      field.current?.focus()
      setText(event.key)
    }
  }
  return (
    <div className={mayWrite ? 'min-h-full lg:grid lg:grid-cols-[minmax(0,1fr)_23rem] lg:grid-rows-[auto_1fr]' : undefined}>
      <div className="min-w-0">
        <div ref={grid} dir="ltr" data-wide className="mx-auto w-full max-w-5xl overflow-x-auto px-3 py-4">
          <div className="min-w-[38rem]">
            <Odontogram
              label={t('label')}
              teeth={teeth}
              presence={presence}
              primary={primary}
              notation={words.notation}
              selected={reading.teeth.length > 0 && text ? reading.teeth : choice.teeth}
              surfaces={text ? reading.surfaces : choice.surfaces}
              current={choice.current}
              wordsOf={id => words.cell(id, teeth.get(id) ?? { presence: presence(id), marks: [] })}
              onTooth={(id, more) => choice.pick(id, more)}
              onKey={key}
            />
          </div>
        </div>
        <LookingAt
          {...{ layers, days, until }}
          onLayers={setLayers}
          onUntil={setUntil}
          stage={chart.stage_set}
          onStage={mayWrite ? stage => void acts.stage(stage, chart.stage_set) : undefined}
        />
      </div>
      {mayWrite && (
        <div className="max-lg:border-t lg:row-span-2 lg:border-s">
          {!own && <ScribeFor value={provider} onChange={setProvider} />}
          <EntryField
            ref={field}
            {...{ text, reading }}
            onText={setText}
            onEnter={() => void enter()}
            onLeave={() => show(choice.current)}
          />
          <ConditionPalette teeth={choice.teeth} surfaces={choice.surfaces} mayPlan={mayPlan} onChoose={choose} />
        </div>
      )}
      <div className="min-w-0">
        <div className="flex items-center justify-between gap-3 border-t border-b bg-surface px-4 py-1.5">
          <h2 className="font-medium text-muted-foreground text-xs">{t('findings')}</h2>
          <label className="flex min-h-6 items-center gap-1.5 text-xs">
            <input type="checkbox" checked={struckToo} onChange={event => setStruckToo(event.target.checked)} />
            {t('struckToo')}
          </label>
        </div>
        <FindingList
          findings={list}
          empty={t(until ? 'noneThen' : 'none')}
          current={finding?.id}
          mayWrite={mayWrite}
          onCurrent={one => {
            setFinding(one)
            choice.show(one.teeth, one.surfaces)
          }}
          onStrike={setStriking}
          onRestore={one => void acts.restore(one)}
          onComplete={own ? one => void acts.complete(one) : undefined}
        />
      </div>
      {striking && (
        <ReasonDialog
          title={t('strikeTitle', { what: words.what(striking as never) })}
          about={t('strikeAbout')}
          common={[t('reasons.slip'), t('reasons.tooth'), t('reasons.surface'), t('reasons.seen')]}
          confirm={t('strike')}
          onClose={() => setStriking(undefined)}
          onConfirm={reason => {
            setStriking(undefined)
            void acts.strike(striking, reason)
          }}
        />
      )}
    </div>
  )
}

/** What things are called in the reader's language, so that it may be typed. */
function useWordsOfEntry(): Words {
  const { chart } = useMessages() as { chart: { conditions: Words['conditions']; materials: Words['materials'] } }
  return useMemo(() => ({ conditions: chart.conditions, materials: chart.materials }), [chart])
}
