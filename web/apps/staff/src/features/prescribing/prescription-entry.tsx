import type { Prescription } from '@chairside/api'
import { Badge, Banner, Button, cn } from '@chairside/ui'
import { CircleX, PenLine, Printer, Repeat, Undo2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useClinic, useSlug, useWriting } from '@/lib/clinic'
import { unitOf } from './model'
import { prescriptionPaper } from './queries'
import { useDirections } from './use-directions'
import { useWarningWords } from './warnings'

type Props = {
  one: Prescription
  mayWrite: boolean
  /** Just issued: the way to the paper has the focus. */
  fresh: boolean
  onGoOn: () => void
  onRepeat: () => void
  onCancel: () => void
  onRestore: () => void
}
const TONES = { draft: 'warn', issued: 'neutral', cancelled: 'danger' } as const

export function PrescriptionEntry({ one, mayWrite, fresh, onGoOn, onRepeat, onCancel, onRestore }: Props) {
  const t = useTranslations('prescribing')
  const writing = useWriting()
  const clinic = useSlug()
  const prints = useClinic().prints_prescriptions
  const directions = useDirections()
  const words = useWarningWords()
  const unit = unitOf(one.form)
  const paper = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (fresh) paper.current?.focus()
  }, [fresh])
  return (
    <li className="grid gap-2 rounded-lg border bg-card px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h4 className={cn('font-medium', one.status === 'cancelled' && 'text-muted-foreground line-through')}>
          <bdi>{one.drug}</bdi> <bdi className="font-normal text-muted-foreground">{one.strength}</bdi>
        </h4>
        <Badge tone={TONES[one.status]}>{t(`status.${one.status}`)}</Badge>
        <span className="ms-auto text-muted-foreground text-xs">
          {t('by', { day: writing.dayOf(one.issued_at ?? one.created_at), name: one.provider_name })}
        </span>
      </div>
      {!one.intact && <Banner title={t('notIntact')}>{t('notIntactAbout')}</Banner>}
      <p className="text-sm">
        <bdi>{directions(one)}</bdi>
      </p>
      <p className="text-muted-foreground text-sm">
        {t(`forms.${one.form}`)} · {t('fields.quantity')}{' '}
        <bdi dir="ltr">{unit === 'piece' ? one.quantity : `${one.quantity} ${unit}`}</bdi> · {t('fields.refills')} {one.refills}
        {!one.generic_allowed && <> · {t('noGeneric')}</>}
      </p>
      {one.override_reason && (
        <div className="border-warn border-s-2 ps-3 text-sm">
          <ul>
            {one.warnings.map(warning => (
              <li key={`${warning.kind} ${warning.against} ${warning.group}`}>
                <bdi>{words(warning, one.drug)}</bdi>
              </li>
            ))}
          </ul>
          <p>
            {t('allTheSame')} <bdi>{one.override_reason}</bdi>
          </p>
        </div>
      )}
      {one.cancel_reason && (
        <p className="text-sm">
          {t('cancelledFor')} <bdi>{one.cancel_reason}</bdi>
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {one.status === 'issued' &&
          (prints ? (
            <Button asChild size="sm" variant="outline">
              <a ref={paper} href={prescriptionPaper(clinic, one.patient_id, one.id)} target="_blank" rel="noopener">
                <Printer aria-hidden /> {t('print')}
              </a>
            </Button>
          ) : (
            <p className="w-full text-muted-foreground text-xs">{t('noPrinting')}</p>
          ))}
        {mayWrite && one.status === 'draft' && (
          <Button size="sm" variant="outline" onClick={onGoOn}>
            <PenLine aria-hidden /> {t('goOn')}
          </Button>
        )}
        {mayWrite && one.status !== 'draft' && (
          <Button size="sm" variant="ghost" onClick={onRepeat}>
            <Repeat aria-hidden /> {t('repeat')}
          </Button>
        )}
        {mayWrite &&
          (one.status === 'cancelled' ? (
            <Button size="sm" variant="ghost" onClick={onRestore}>
              <Undo2 aria-hidden /> {t('restore')}
            </Button>
          ) : (
            <Button size="sm" variant="ghost" onClick={onCancel}>
              <CircleX aria-hidden /> {t('cancel')}
            </Button>
          ))}
      </div>
    </li>
  )
}
