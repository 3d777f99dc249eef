import type { Patient, PerioHead } from '@chairside/api'
import { Button, Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Columns3, Plus, Ruler } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { ScribeFor } from '../scribe-for'
import { perioExamQuery, perioExamsQuery } from './queries'
import { Sheet } from './sheet'
import { beginExam } from './writes'

const Comparison = lazy(() => import('./comparison').then(one => ({ default: one.Comparison })))

/** It stands below the exam that is open: whoever asked for it sees it. */
const bring = (comparison: HTMLElement | null) => comparison?.scrollIntoView({ block: 'start' })

/** What was probed around the teeth: the exam that is open, or the last one. */
export function PerioSection({ patient }: { patient: Patient }) {
  const exams = useQuery(perioExamsQuery(useSlug(), patient.id))
  return <Answer to={exams}>{items => <Exams patient={patient} exams={items} />}</Answer>
}

function Exams({ patient, exams }: { patient: Patient; exams: PerioHead[] }) {
  const t = useTranslations('perio')
  const clinic = useSlug()
  const writing = useWriting()
  const regret = useRegret()
  const own = useMay('charting.write')
  const mayWrite = useMay('charting.write', 'charting.scribe') && !patient.archived_at
  const [chosen, setChosen] = useState<string>()
  const [comparing, setComparing] = useState(false)
  const [provider, setProvider] = useState<string>()
  const standing = exams.filter(one => one.status !== 'struck')
  const open = exams.find(one => one.status === 'open')
  const shown = exams.find(one => one.id === chosen) ?? open ?? standing[0]
  const begin = () =>
    send(beginExam(clinic, patient.id, own ? undefined : provider)).then(made => {
      setChosen(made.id)
      setComparing(false)
    }, regret)
  const beginning = mayWrite && !open && (
    <Button variant={exams.length ? 'outline' : 'default'} disabled={!own && !provider} onClick={() => void begin()}>
      <Plus aria-hidden /> {t('begin')}
    </Button>
  )
  const scribe = mayWrite && !own && !open && <ScribeFor value={provider} onChange={setProvider} />
  if (!shown)
    return (
      <>
        {scribe}
        <Empty icon={Ruler} title={t('none')} about={t(mayWrite ? 'noneBegin' : 'noneAbout')}>
          {beginning}
        </Empty>
      </>
    )
  return (
    <div className="flex min-h-full flex-col">
      {scribe}
      <div className="flex flex-wrap items-center gap-2 border-b px-4 py-2 print:hidden">
        <label className="flex items-center gap-2 text-sm">
          <span className="sr-only">{t('exam')}</span>
          <select
            value={shown.id}
            onChange={event => {
              setChosen(event.target.value)
              setComparing(false)
            }}
            className="h-control rounded-md border bg-background px-2"
          >
            {exams.map(one => (
              <option key={one.id} value={one.id}>
                {`${writing.day(one.examined_on)} · ${t(`status.${one.status}`)}`}
              </option>
            ))}
          </select>
        </label>
        {standing.length > 1 && (
          <Button variant="outline" aria-pressed={comparing} onClick={() => setComparing(!comparing)}>
            <Columns3 aria-hidden /> {t('compare')}
          </Button>
        )}
        {beginning}
      </div>
      {(!comparing || shown.status === 'open') && (
        <OneExam key={shown.id} patient={patient} id={shown.id} mayWrite={mayWrite} maySign={own && mayWrite} />
      )}
      {comparing && (
        <div ref={bring} className="min-h-dvh">
          <Suspense>
            <Comparison patient={patient} exams={standing} />
          </Suspense>
        </div>
      )}
    </div>
  )
}

type OneExamProps = { patient: Patient; id: string; mayWrite: boolean; maySign: boolean }
function OneExam({ patient, id, ...may }: OneExamProps) {
  const exam = useQuery(perioExamQuery(useSlug(), patient.id, id))
  return <Answer to={exam}>{seen => <Sheet patient={patient} exam={seen} {...may} />}</Answer>
}
