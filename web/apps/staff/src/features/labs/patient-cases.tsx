import type { LabCase, LabStep, Patient } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Package, PenLine, Plus, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTeeth } from '@/features/charting/use-teeth'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { CaseSheet } from './case-sheet'
import { CaseStatus, CaseTrouble } from './case-words'
import { nextOf } from './model'
import { casesOfPatientQuery, labSlip } from './queries'
import { ReasonDialog } from './reason-dialog'
import { useLabActs } from './use-lab-acts'

type Asked = { step: 'returned' | 'cancelled'; one: LabCase }

/** A patient's lab cases, the newest first, each with what may come next. */
export function PatientCases({ patient }: { patient: Patient }) {
  const t = useTranslations('labs')
  const group = useTranslations('shell.groups')('patient')
  const clinic = useSlug()
  const mayWrite = useMay('labs.write') && !patient.archived_at
  const cases = useQuery(casesOfPatientQuery(clinic, patient.id))
  const [open, setOpen] = useState<{ one?: LabCase }>()
  const [asked, ask] = useState<Asked>()
  const take = useLabActs()
  useCommands(mayWrite ? [{ id: 'new-lab-case', group, label: t('new'), icon: <Package />, run: () => setOpen({}) }] : [])
  return (
    <section className="grid gap-3" aria-label={t('title')}>
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-semibold">{t('title')}</h3>
        {mayWrite && (
          <Button variant="outline" size="sm" className="ms-auto" onClick={() => setOpen({})}>
            <Plus aria-hidden /> {t('new')} <Keys of="new-lab-case" className="max-sm:hidden" />
          </Button>
        )}
      </div>
      <Answer to={cases} compact>
        {items =>
          items.length === 0 ? (
            <Empty icon={Package} title={t('none')} about={t('noneAbout')} />
          ) : (
            <ul className="grid gap-3" aria-label={t('list')}>
              {items.map(one => (
                <Entry
                  key={one.id}
                  one={one}
                  onChange={mayWrite ? () => setOpen({ one }) : undefined}
                  onStep={step => (step === 'returned' || step === 'cancelled' ? ask({ step, one }) : void take(one, step))}
                />
              ))}
            </ul>
          )
        }
      </Answer>
      {open && <CaseSheet patient={patient.id} one={open.one} onClose={() => setOpen(undefined)} />}
      {asked && <ReasonDialog {...asked} onClose={() => ask(undefined)} onSay={reason => take(asked.one, asked.step, reason)} />}
    </section>
  )
}

type EntryProps = { one: LabCase; onChange?: () => void; onStep: (step: LabStep) => void }

function Entry({ one, onChange, onStep }: EntryProps) {
  const t = useTranslations('labs')
  const clinic = useSlug()
  const { written: teeth } = useTeeth()
  const writing = useWriting()
  const may = { write: useMay('labs.write'), track: useMay('labs.track') }
  const mayRead = useMay('labs.read')
  const closed = one.status === 'checked' || one.status === 'cancelled'
  const reason = one.steps.findLast(each => each.reason)?.reason
  return (
    <li className="grid gap-2 rounded-lg border bg-card px-4 py-3">
      <div className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h4 className="font-medium">
          {t(`works.${one.work}`)} <bdi dir="ltr">{teeth(one.teeth)}</bdi>
        </h4>
        <CaseStatus one={one} />
        <span className="ms-auto text-muted-foreground text-xs">{t('due', { day: writing.day(one.due_on) })}</span>
      </div>
      <CaseTrouble one={one} />
      <p className="text-muted-foreground text-sm">
        {[
          one.laboratory_name,
          one.shade && `${t('fields.shade')} ${one.shade}`,
          one.material,
          one.provider_name,
          one.visit_at && t('forVisit', { day: writing.dayOf(one.visit_at) }),
        ]
          .filter((part): part is string => !!part)
          .map((part, index) => (
            <bdi key={part}>{index ? ` · ${part}` : part}</bdi>
          ))}
      </p>
      {one.instructions && (
        <p dir="auto" className="max-w-prose whitespace-pre-wrap break-words text-sm">
          {one.instructions}
        </p>
      )}
      {one.steps.length > 0 && (
        <p className="text-muted-foreground text-xs">
          {one.steps.map((step, index) => (
            <bdi key={step.at}>
              {index ? ' · ' : ''}
              {t('took', { step: t(`status.${step.step}`), day: writing.dayOf(step.at), name: step.by ?? '–' })}
            </bdi>
          ))}
          {reason && <bdi className="block">{reason}</bdi>}
        </p>
      )}
      <div className="flex flex-wrap gap-2">
        {nextOf(one.status, may).map((step, index) => (
          <Button key={step} size="sm" variant={index === 0 ? 'outline' : 'ghost'} onClick={() => onStep(step)}>
            {t(`steps.${step}`)}
          </Button>
        ))}
        {mayRead && (
          <Button asChild size="sm" variant="ghost">
            <a href={labSlip(clinic, one.patient_id, one.id)} target="_blank" rel="noopener">
              <Printer aria-hidden /> {t('slip')}
            </a>
          </Button>
        )}
        {onChange && !closed && (
          <Button size="sm" variant="ghost" onClick={onChange}>
            <PenLine aria-hidden /> {t('change')}
          </Button>
        )}
      </div>
    </li>
  )
}
