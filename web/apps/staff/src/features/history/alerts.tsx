import type { PatientAlerts } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Badge, Button, cn, Skeleton } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import {
  Baby, CircleQuestionMark, ClipboardClock, Droplets, type LucideIcon, OctagonAlert, Pill, Plus, ShieldAlert, ShieldCheck,
  TriangleAlert,
} from 'lucide-react' // biome-ignore format: one thing
import { lazy, type ReactNode, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { alertsQuery } from './queries'

const QuickAllergy = lazy(() => import('./quick-allergy').then(one => ({ default: one.QuickAllergy })))

type Alert = PatientAlerts['items'][number]
const ICONS: Record<Alert['kind'], LucideIcon> = {
  allergy: ShieldAlert,
  anticoagulant: Droplets,
  premedication: Pill,
  pregnancy: Baby,
}
type AlertsProps = {
  patient: { id: string; archived_at?: string | null }
  className?: string
  arrived?: boolean
  atOnce: boolean
}

/** What nobody who treats the patient may miss; recording an allergy from wherever one is, `atOnce` if that was asked for already. */
export function Alerts({ patient, className, arrived, atOnce }: AlertsProps) {
  const t = useTranslations('alerts')
  const group = useTranslations('shell.groups')('patient')
  const clinic = useSlug()
  const mayWrite = useMay('history.write') && !patient.archived_at
  const [recording, record] = useState(atOnce)
  const { data, error, refetch } = useQuery(alertsQuery(clinic, patient.id))
  useCommands(
    mayWrite ? [{ id: 'record-allergy', group, label: t('record'), icon: <ShieldAlert />, run: () => record(true) }] : [],
  )
  const review = data?.review.due && (data.review.reviewed_at ? t('reviewDue') : t('neverReviewed'))
  return (
    <section aria-label={t('title')} data-slot="alerts" className={cn('flex flex-wrap items-center gap-1.5', className)}>
      {!data && !error && <Skeleton className="h-6 w-40" />}
      {!data && error && (
        <Badge tone="warn" className="py-1 text-sm">
          <TriangleAlert aria-hidden /> {t('failed')}
          <button type="button" className="underline underline-offset-2" onClick={() => refetch()}>
            {t('retry')}
          </button>
        </Badge>
      )}
      {data && (
        <ul className="contents">
          {data.items.map(alert => (
            <Chip key={alert.id} alert={alert} />
          ))}
          {data.allergies === 'not_asked' && (
            <Said icon={<CircleQuestionMark aria-hidden />} tone="warn">
              {t('notAsked')}
            </Said>
          )}
          {data.allergies === 'none' && <Said icon={<ShieldCheck aria-hidden />}>{t('noAllergies')}</Said>}
          {review && (
            <Said icon={<ClipboardClock aria-hidden />} tone="warn">
              <Link
                to="/c/$clinic/patients/$patient"
                params={{ clinic, patient: patient.id }}
                search={{ tab: 'medical' }}
                className="underline-offset-2 hover:underline"
              >
                {arrived ? t('arrived') : review}
              </Link>
            </Said>
          )}
        </ul>
      )}
      {mayWrite && (
        <Button size="sm" variant="ghost" className="px-1.5" aria-label={t('record')} onClick={() => record(true)}>
          <Plus aria-hidden />
        </Button>
      )}
      {recording && (
        <Suspense>
          <QuickAllergy patient={patient.id} onClose={() => record(false)} />
        </Suspense>
      )}
    </section>
  )
}

function Chip({ alert }: { alert: Alert }) {
  const t = useTranslations('alerts')
  const writing = useWriting()
  const worst = alert.severity === 'life_threatening'
  const Icon = worst ? OctagonAlert : ICONS[alert.kind]
  const graver = alert.kind === 'allergy' && alert.severity !== 'mild' && alert.severity !== 'moderate'
  return (
    <li className="max-w-full">
      <Badge
        tone={graver ? 'danger' : 'warn'}
        className={cn(
          'max-w-full whitespace-normal border border-current/25 py-1 text-sm wrap-anywhere',
          worst && 'border-destructive bg-destructive text-background',
        )}
      >
        <Icon aria-hidden className="shrink-0" />
        <span>
          {t(alert.kind)}
          {alert.label && (
            <>
              {': '}
              <bdi>{alert.label}</bdi>
            </>
          )}
          {alert.kind === 'allergy' && <span className="font-normal"> ({t(`severities.${alert.severity ?? 'unknown'}`)})</span>}
          {alert.detail && (
            <span className="font-normal">
              {' · '}
              <bdi>{alert.detail}</bdi>
            </span>
          )}
          {alert.due_on && <span className="font-normal"> · {t('due', { day: writing.day(alert.due_on) })}</span>}
        </span>
      </Badge>
    </li>
  )
}

type SaidProps = { icon: ReactNode; tone?: 'neutral' | 'warn'; children: ReactNode }
const Said = ({ icon, tone = 'neutral', children }: SaidProps) => (
  <li className="max-w-full">
    <Badge tone={tone} className="max-w-full whitespace-normal border border-current/15 py-1 text-sm [&_svg]:shrink-0">
      {icon} {children}
    </Badge>
  </li>
)
