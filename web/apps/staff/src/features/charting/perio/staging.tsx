import type { Patient, PerioExam } from '@chairside/api'
import { Badge, Button, Card, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { ageOf, useSlug, useWriting } from '@/lib/clinic'
import { type Asked, stagingQuery } from './queries'

/** An aid by the classification of 2017: asked for, never kept, with what it rests on. */
export function Staging({ patient, exam }: { patient: Patient; exam: PerioExam }) {
  const t = useTranslations('perio.staging')
  const [open, setOpen] = useState(false)
  return (
    <Card
      title={t('title')}
      end={
        <Button size="sm" variant="ghost" aria-expanded={open} onClick={() => setOpen(!open)}>
          {t(open ? 'hide' : 'show')}
        </Button>
      }
    >
      <p className="px-4 py-3 text-muted-foreground text-sm">{t('about')}</p>
      {open && <Suggested patient={patient} exam={exam} />}
    </Card>
  )
}

const NUMBERS = ['teeth_lost', 'bone_loss', 'cigarettes', 'hba1c'] as const

function Suggested({ patient, exam }: { patient: Patient; exam: PerioExam }) {
  const t = useTranslations('perio.staging')
  const writing = useWriting()
  const [asked, setAsked] = useState<Asked>(() => (patient.birth_date ? { age: ageOf(patient.birth_date, writing.today) } : {}))
  const found = useQuery({ ...stagingQuery(useSlug(), patient.id, exam.id, asked), placeholderData: was => was })
  const { interdental_loss, depth, furcation, teeth_present, teeth_probed, teeth_affected } = exam.staging
  const measured = { interdental_loss, depth, furcation, teeth_present, teeth_probed, teeth_affected }
  return (
    <div className="grid gap-3 border-t px-4 py-3 text-sm">
      <dl className="grid grid-cols-[1fr_auto] gap-x-4 gap-y-1 [&_dt]:text-muted-foreground">
        {Object.entries(measured).map(([name, value]) => (
          <div key={name} className="contents">
            <dt>{t(`inputs.${name as 'depth'}`)}</dt>
            <dd className="tabular-nums">{value ?? '–'}</dd>
          </div>
        ))}
      </dl>
      <div className="grid grid-cols-2 gap-3">
        {NUMBERS.map(name => (
          <Field
            key={name}
            name={name}
            type="number"
            min={0}
            label={t(`asked.${name}`)}
            value={asked[name] ?? ''}
            onChange={event => setAsked({ ...asked, [name]: event.target.value === '' ? undefined : Number(event.target.value) })}
          />
        ))}
        <label className="flex min-h-6 items-center gap-2 pointer-coarse:min-h-11">
          <input
            type="checkbox"
            checked={!!asked.diabetes}
            onChange={event => setAsked({ ...asked, diabetes: event.target.checked || undefined })}
          />
          {t('asked.diabetes')}
        </label>
      </div>
      <Answer to={found} compact>
        {({ stage, grade, extent, source }) => (
          <div className="grid gap-1" aria-live="polite">
            <p className="flex flex-wrap items-center gap-2">
              <Badge>{t('suggestion')}</Badge>
              <strong>
                {stage
                  ? [t('stage', { stage }), extent && t(`extents.${extent}`), grade && t('grade', { grade })]
                      .filter(Boolean)
                      .join(', ')
                  : t('noStage')}
              </strong>
            </p>
            <p className="text-muted-foreground text-xs">
              {t('source')}: <bdi dir="ltr">{source}</bdi>
            </p>
          </div>
        )}
      </Answer>
    </div>
  )
}
