import type { Patient, PerioExam } from '@chairside/api'
import { strokesOf } from '@chairside/commands'
import {
  applied,
  begin,
  firstOpen,
  isFacial,
  type Pressed,
  type Probing,
  parsePerioUtterance,
  paste,
  press,
  type Spot,
  sitesOf,
  standAt,
} from '@chairside/dental/perio'
import '@chairside/dental/perio.css'
import { announce } from '@chairside/ui'
import { type ClipboardEvent, type KeyboardEvent, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useNotation } from '../use-chart-words'
import { Changes } from './changes'
import { ClashDialog } from './clash-dialog'
import { ExamActs } from './exam-acts'
import { Grid } from './grid'
import { Keypad } from './keypad'
import { Line } from './line'
import { type Look, Looks } from './looks'
import { usePerioPreferences } from './preferences'
import { Staging } from './staging'
import { StatusLine } from './status-line'
import { TextTwin } from './text-twin'
import { usePerioWords, useSpoken } from './use-perio-words'
import { useSaving } from './use-saving'
import { mouthOf } from './wire'

type SheetProps = { patient: Patient; exam: PerioExam; mayWrite: boolean; maySign: boolean }

/** One exam: typed into while it is open, read once it is signed. */
export function Sheet({ patient, exam, mayWrite, maySign }: SheetProps) {
  const words = usePerioWords()
  const { t } = words
  const notation = useNotation()
  const [liked, like] = usePerioPreferences()
  const editable = mayWrite && exam.status === 'open'
  const [state, setState] = useState<Probing>(() => begin(mouthOf(exam), { path: liked.path, notation, macro: liked.macro }))
  const [looks, setLooks] = useState<ReadonlySet<Look>>(() => new Set<Look>(editable ? ['before'] : ['graph', 'before']))
  const latest = useRef(state)
  const grid = useRef<HTMLDivElement>(null)
  // Keys come faster than React draws: the next one begins where the last one ended.
  const show = useCallback((next: Probing) => {
    latest.current = next
    setState(next)
  }, [])
  const saving = useSaving(patient.id, exam, mouth => show({ ...latest.current, mouth }))
  const before = useMemo(() => (exam.before ? mouthOf(exam.before) : undefined), [exam.before])

  useEffect(() => {
    if (!editable) return
    void saving.restore().then(found => {
      if (!found) return
      announce(t('restored', { count: found }))
      // Whoever types already stays where they are.
      const { steps, pending, mouth, path } = latest.current
      if (!steps.length && !pending) show(standAt(latest.current, firstOpen(mouth, path)))
    })
    if (!matchMedia('(pointer: coarse)').matches) grid.current?.focus({ preventScroll: true })
  }, [editable])

  function take(went: Pressed) {
    show(went.state)
    saving.say(went.edits)
    if (went.trouble) announce(t(`trouble.${went.trouble}`))
    setTrouble(went.trouble)
  }
  const [trouble, setTrouble] = useState<Pressed['trouble']>()
  const [paused, setPaused] = useState(false)

  function key(event: KeyboardEvent) {
    const strokes = strokesOf(event.nativeEvent)
    for (const stroke of strokes) {
      const moves = /^(?:[↑↓←→]|Page)/.test(stroke)
      // Whoever goes on typing while it is being signed is not sent to another tab.
      if (!editable && /^\d/.test(stroke)) event.stopPropagation()
      if (!editable && !moves) continue
      const went = press(latest.current, stroke)
      if (!went.known) continue
      // What means something here is no command elsewhere.
      event.preventDefault()
      event.stopPropagation()
      take(went)
      return
    }
  }
  function pasted(event: ClipboardEvent) {
    if (!editable) return
    event.preventDefault()
    take(paste(latest.current, event.clipboardData.getData('text')))
  }
  const strike = (keys: string[]) => {
    for (const one of keys) take(press(latest.current, one))
  }
  const spoken = useSpoken()
  function say(text: string): string[] {
    const unknown: string[] = []
    for (const command of parsePerioUtterance(text, spoken)) {
      if (command.kind === 'pause' || command.kind === 'resume') setPaused(command.kind === 'pause')
      else if (paused) continue
      else if (command.kind === 'keys') strike(command.keys)
      else if (command.kind === 'goto') strike(['G', ...command.tooth, ...(command.tooth.length < 2 ? ['Enter'] : [])])
      else if (command.kind === 'bleeding_all') bleedAll()
      else unknown.push(command.word)
    }
    return unknown
  }
  function bleedAll() {
    const spot = latest.current.last ?? latest.current.at
    const edits = sitesOf(spot.tooth, isFacial(spot.site)).map(
      site => ({ tooth: spot.tooth, site, field: 'bleeding', value: true }) as const,
    )
    show({ ...latest.current, mouth: applied(latest.current.mouth, edits) })
    saving.say(edits)
  }
  const pick = useCallback((spot: Spot) => show(standAt(latest.current, spot)), [show])
  const choosePath = (path: Probing['path']) => {
    like({ path })
    show({ ...latest.current, path })
  }
  const deeds = {
    patient,
    exam,
    head: saving.head,
    maySign,
    mayDiscard: mayWrite,
    settled: saving.settled,
    version: saving.version,
    onSigned: () => grid.current?.focus({ preventScroll: true }),
  }
  return (
    <div className="flex min-w-0 flex-1 flex-col">
      <Looks
        {...{ state, looks, editable }}
        onLooks={setLooks}
        onPath={choosePath}
        onMacro={macro => {
          like({ macro })
          show({ ...latest.current, macro })
        }}
        onMeasure={measure => {
          show({ ...latest.current, measure, last: undefined, pending: undefined })
          grid.current?.focus()
        }}
        hasBefore={!!before}
      >
        <ExamActs {...deeds} />
      </Looks>
      <Grid
        ref={grid}
        {...{ state, before: looks.has('before') ? before : undefined, editable, words }}
        graph={looks.has('graph')}
        onKey={key}
        onPaste={pasted}
        onPick={pick}
      />
      <StatusLine
        {...{ state, trouble, editable, paused }}
        saving={editable ? saving.saving : undefined}
        failure={saving.failure}
        onRetry={() => void saving.flush()}
      />
      {editable && looks.has('keypad') && <Keypad state={state} onKey={one => strike([one])} />}
      {editable && looks.has('line') && <Line onSay={say} />}
      <div className="grid items-start gap-4 p-4 lg:grid-cols-2">
        {exam.before && <Changes changes={exam.changes} since={exam.before.examined_on} onPick={pick} />}
        <Staging patient={patient} exam={exam} />
      </div>
      {looks.has('table') && <TextTwin mouth={state.mouth} />}
      {saving.clashes && (
        <ClashDialog
          {...saving.clashes}
          onChoose={mine => {
            saving.choose(mine)
            grid.current?.focus()
          }}
        />
      )}
    </div>
  )
}
