import type { LabCase, Prescription } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useTeeth } from '@/features/charting/use-teeth'
import { useDirections } from '@/features/prescribing/use-directions'
import { useWarningWords } from '@/features/prescribing/warnings'
import { useWriting } from '@/lib/clinic'
import { Part } from './part'

/** What was prescribed, with what was said against it and why it was prescribed all the same. */
export function PrescriptionsPart({ prescriptions }: { prescriptions: Prescription[] }) {
  const t = useTranslations('prescribing')
  const writing = useWriting()
  const directions = useDirections()
  const against = useWarningWords()
  return (
    <Part title={t('title')} none={prescriptions.length === 0 && t('none')}>
      <ul className="grid gap-3 text-sm">
        {prescriptions.map(one => (
          <li key={one.id} className="grid gap-0.5">
            <p>
              <bdi className={`font-medium ${one.cancelled_at ? 'line-through' : ''}`}>
                {one.drug} {one.strength}
              </bdi>
              {' · '}
              {t(`status.${one.status}`)}
              {' · '}
              {t('by', { day: writing.dayOf(one.issued_at ?? one.created_at), name: one.provider_name })}
            </p>
            <p>
              <bdi>{directions(one)}</bdi> · {t('fields.quantity')} <bdi>{one.quantity}</bdi> · {t('fields.refills')}{' '}
              <bdi>{one.refills}</bdi>
            </p>
            {one.override_reason && (
              <p>
                {one.warnings.map(warning => against(warning, one.drug)).join(' ')} {t('allTheSame')}{' '}
                <bdi>{one.override_reason}</bdi>
              </p>
            )}
            {one.cancel_reason && (
              <p>
                {t('cancelledFor')} <bdi>{one.cancel_reason}</bdi>
              </p>
            )}
          </li>
        ))}
      </ul>
    </Part>
  )
}

/** What laboratories made, and each step of it. */
export function LabPart({ cases }: { cases: LabCase[] }) {
  const t = useTranslations('labs')
  const writing = useWriting()
  const { written } = useTeeth()
  return (
    <Part title={t('title')} none={cases.length === 0 && t('none')}>
      <ul className="grid gap-3 text-sm">
        {cases.map(one => (
          <li key={one.id} className="grid gap-0.5">
            <p>
              <bdi className="font-medium">
                {t(`works.${one.work}`)} {written(one.teeth)}
              </bdi>
              {' · '}
              {t(`status.${one.status}`)}
              {' · '}
              <bdi>{one.laboratory_name}</bdi>
              {' · '}
              {t('due', { day: writing.day(one.due_on) })}
            </p>
            {[one.shade, one.material, one.instructions].some(Boolean) && (
              <p dir="auto">{[one.shade, one.material, one.instructions].filter(Boolean).join(' · ')}</p>
            )}
            {one.steps.map(step => (
              <p key={step.at} className="text-muted-foreground">
                {t('took', {
                  step: t(`status.${step.step}`),
                  day: writing.dayOf(step.at),
                  name: step.by ?? '–',
                })}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </Part>
  )
}
