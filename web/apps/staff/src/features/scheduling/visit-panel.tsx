import { needWords } from '@chairside/i18n'
import { Button } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { ArrowUpRight, Clock, Phone, Printer, Stethoscope, TriangleAlert, Wallet } from 'lucide-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { AlertBanner } from '@/features/history'
import { ageOf, useSlug, useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { RegisterNumber } from '@/lib/register-number'
import type { Visit } from './model'
import { slipOf } from './queries'
import { StatusChip } from './status'
import { VisitStory } from './visit-story'

const VisitCases = lazy(() =>
  Promise.all([import('@/features/labs/visit-cases'), needWords('labs')]).then(([one]) => ({ default: one.VisitCases })),
)

export type Verb = { id: string; label: string; run: () => void; primary?: boolean; icon?: ReactNode }
type PanelProps = { item: Visit; verbs: Verb[]; where: string; notes: ReactNode; series?: ReactNode }

/** The chosen visit: who, what to know before speaking to them, and what can be done, with its key. */
export function VisitPanel({ item, verbs, where, notes, series }: PanelProps) {
  const t = useTranslations('schedule')
  const patients = useTranslations('patients')
  const writing = useWriting()
  const clinic = useSlug()
  const { visit, service } = item
  const { patient } = visit
  const kept = visit.buffer_before_minutes + visit.buffer_after_minutes
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 wrap-anywhere p-4">
      <div className="grid gap-1.5">
        <h2 className="font-semibold text-xl leading-6">
          <bdi>{patient.name}</bdi>
        </h2>
        <p className="flex flex-wrap gap-x-1.5 text-muted-foreground text-sm">
          {patient.birth_date && <span>{t('years', { count: ageOf(patient.birth_date, writing.today) })} ·</span>}
          {patient.restricted ? patients('restricted') : <RegisterNumber of={patient} />}
        </p>
        <StatusChip status={item.status} visit={visit} className="mt-1 w-fit" />
      </div>
      {!patient.restricted && <AlertBanner patient={patient} arrived={item.status === 'arrived' || item.status === 'in_chair'} />}
      <Suspense>
        <VisitCases visit={visit.id} />
      </Suspense>
      <div className="grid gap-1.5">
        {verbs.map(verb => (
          <Button key={verb.id} variant={verb.primary ? 'default' : 'outline'} className="justify-start" onClick={verb.run}>
            <span className="me-auto">{verb.label}</span>
            <Keys of={verb.id} />
          </Button>
        ))}
        <Button asChild variant="ghost" className="justify-start">
          <Link to="/c/$clinic/patients/$patient" params={{ clinic, patient: patient.id }}>
            {t('openChart')} <ArrowUpRight aria-hidden className="rtl:-scale-x-100" />
            <Keys of="open" className="ms-auto" />
          </Link>
        </Button>
        <Button asChild variant="ghost" className="justify-start">
          <a href={slipOf(clinic, visit.id)} target="_blank" rel="noopener">
            {t('slip')} <Printer aria-hidden />
            <Keys of="slip" className="ms-auto" />
          </a>
        </Button>
      </div>
      <dl className="grid gap-3 border-t pt-4 text-sm">
        <Fact icon={<Clock />} term={t('time')}>
          <bdi dir="ltr">{writing.range(visit.starts_at, visit.ends_at)}</bdi>
          <span className="text-muted-foreground"> · {t('minutes', { count: visit.duration_minutes })}</span>
          {kept > 0 && <span className="block text-muted-foreground">{t('keptFree', { count: kept })}</span>}
        </Fact>
        <Fact icon={<Stethoscope />} term={t('service')}>
          <bdi>{service}</bdi>
          <span className="block text-muted-foreground">
            <bdi>{where}</bdi>
          </span>
        </Fact>
        {patient.phone && (
          <Fact icon={<Phone />} term={t('phone')}>
            <a href={`tel:${patient.phone.replace(/[^+\d]/g, '')}`} className="underline-offset-4 hover:underline">
              <bdi dir="ltr">{patient.phone}</bdi>
            </a>
            <span className={patient.safe_for_voicemail ? 'block text-muted-foreground' : 'block font-medium text-warn'}>
              {t(patient.safe_for_voicemail ? 'voicemail' : 'noVoicemail')}
            </span>
          </Fact>
        )}
        {patient.balance && (
          <Fact icon={<Wallet />} term={t('balance')}>
            {patient.balance.amount ? (
              <bdi>{writing.money(patient.balance)}</bdi>
            ) : (
              <span className="text-muted-foreground">{t('settled')}</span>
            )}
          </Fact>
        )}
        {visit.overbooking_reason && (
          <Fact icon={<TriangleAlert />} term={t('overbooked')}>
            {t('overbooked')}
            <span className="block text-muted-foreground">
              <bdi>{visit.overbooking_reason}</bdi>
            </span>
          </Fact>
        )}
      </dl>
      {series}
      {notes}
      <VisitStory visit={visit} />
    </div>
  )
}

function Fact({ icon, term, children }: { icon: ReactNode; term: string; children: ReactNode }) {
  return (
    <div className="grid grid-cols-[20px_minmax(0,1fr)] gap-x-2 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:text-muted-foreground">
      <dt>
        <span aria-hidden>{icon}</span>
        <span className="sr-only">{term}</span>
      </dt>
      <dd>{children}</dd>
    </div>
  )
}
