import type { PerioSheet } from '@chairside/api'
import { type Mouth, PerioGraph } from '@chairside/dental/perio'
import '@chairside/dental/perio.css'
import { useTranslations } from 'use-intl'
import { TextTwin } from '@/features/charting/perio/text-twin'
import { usePerioWords } from '@/features/charting/perio/use-perio-words'
import { mouthOf } from '@/features/charting/perio/wire'
import { useWriting } from '@/lib/clinic'
import { Part } from './part'

/** Each exam: its figures, its picture, and what was measured at every tooth. */
export function PerioPart({ exams }: { exams: PerioSheet[] }) {
  const t = useTranslations('record')
  const { t: say } = usePerioWords()
  return (
    <Part title={t('perio')} none={exams.length === 0 && say('none')}>
      {exams.map(exam => (
        <Exam key={exam.id} exam={exam} mouth={mouthOf(exam)} />
      ))}
    </Part>
  )
}

function Exam({ exam, mouth }: { exam: PerioSheet; mouth: Mouth }) {
  const words = usePerioWords()
  const writing = useWriting()
  const { indices } = exam
  const figures: [string, string | number | undefined][] = [
    [words.t('indices.bleeding'), indices.bleeding_percent == null ? undefined : `${indices.bleeding_percent} %`],
    [words.t('indices.plaque'), indices.plaque_percent == null ? undefined : `${indices.plaque_percent} %`],
    [words.t('indices.meanDepth'), indices.mean_probing_depth?.toFixed(1)],
    [words.t('indices.meanLoss'), indices.mean_attachment_loss?.toFixed(1)],
  ]
  return (
    <section className="grid min-w-0 gap-2">
      <h3 className={`font-medium text-sm ${exam.struck_at ? 'line-through' : ''}`}>
        {writing.day(exam.examined_on)}
        {' · '}
        {words.t(`status.${exam.status}`)}
      </h3>
      {exam.strike_reason && (
        <p className="text-sm">
          <bdi>{exam.strike_reason}</bdi>
        </p>
      )}
      {exam.note && (
        <p dir="auto" className="text-sm">
          {exam.note}
        </p>
      )}
      <dl className="flex flex-wrap gap-x-6 gap-y-1 text-sm tabular-nums">
        {figures.map(([name, value]) => (
          <div key={name} className="flex gap-1.5">
            <dt className="text-muted-foreground">{name}</dt>
            <dd>{value ?? '–'}</dd>
          </div>
        ))}
      </dl>
      <div dir="ltr" className="grid gap-1">
        {[0, 1, 2, 3].map(row => (
          <figure key={row} className="grid gap-0.5">
            <figcaption dir="auto" className="text-muted-foreground text-xs">
              {words.row(row)}
            </figcaption>
            <PerioGraph mouth={mouth} row={row} label={words.t('graphOf', { row: words.row(row) })} />
          </figure>
        ))}
      </div>
      <TextTwin mouth={mouth} />
    </section>
  )
}
