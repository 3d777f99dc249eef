import { Button, cn } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { CalendarPlus, Check, FileUp, UserPlus } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { ClinicWeek, WeekLine } from '@/features/scheduling'
import { Answer } from '@/lib/answer'
import { useClinic, useSlug, useWriting } from '@/lib/clinic'
import { Page } from '@/shell/page'
import { OperatoryStep, ProviderStep, ServiceStep } from './steps'
import { type SetUp, STEPS, type Step, useSetUp } from './use-set-up'

/** Four facts, and the schedule works. Each can be changed later under Practice. */
export function StartScreen() {
  const t = useTranslations('start')
  const clinic = useClinic()
  const setUp = useSetUp()
  return (
    <Page title={t('title', { clinic: clinic.name })} about={t('about')} narrow>
      <Answer to={setUp as { data: SetUp | undefined; error: Error | null; refetch: () => unknown }}>
        {data => <Steps setUp={data} />}
      </Answer>
    </Page>
  )
}

function Steps({ setUp }: { setUp: SetUp }) {
  const t = useTranslations('start')
  const [reopened, reopen] = useState<Step>()
  const open = reopened ?? setUp.next
  const close = () => reopen(undefined)
  const forms: Record<Step, ReactNode> = {
    provider: <ProviderStep onSaved={close} />,
    operatory: <OperatoryStep next={setUp.operatories.length + 1} onSaved={close} />,
    hours: <ClinicWeek weekly={setUp.hours.weekly ?? null} version={setUp.hours.version} autoFocus onSaved={close} />,
    service: <ServiceStep onSaved={close} />,
  }
  return (
    <>
      <ol className="grid gap-3">
        {STEPS.map((step, index) => (
          <li key={step} className={cn('rounded-lg border', open === step && 'border-input shadow-xs')}>
            <div className="flex min-h-14 items-center gap-3 px-4 py-2">
              <span
                aria-hidden
                className={cn(
                  'grid size-6 shrink-0 place-items-center rounded-full font-semibold text-xs',
                  setUp.done[step] ? 'bg-primary text-primary-foreground' : 'border border-input text-muted-foreground',
                )}
              >
                {setUp.done[step] ? <Check className="size-3.5" /> : index + 1}
              </span>
              <div className="me-auto grid min-w-0 justify-items-start">
                <h2 className="font-medium">
                  {t(`${step}.title`)}
                  {setUp.done[step] && <span className="sr-only"> ({t('done')})</span>}
                </h2>
                <p dir="auto" className="max-w-full truncate text-muted-foreground text-sm">
                  {setUp.done[step] ? <Done step={step} setUp={setUp} /> : t(`${step}.about`)}
                </p>
              </div>
              {open !== step && (
                <Button size="sm" variant={setUp.done[step] ? 'ghost' : 'outline'} onClick={() => reopen(step)}>
                  {setUp.done[step] ? t(step === 'hours' ? 'change' : 'another') : t('fill')}
                </Button>
              )}
            </div>
            {open === step && <div className="border-t px-4 py-4">{forms[step]}</div>}
          </li>
        ))}
      </ol>
      {setUp.complete && <Next />}
    </>
  )
}

function Done({ step, setUp }: { step: Step; setUp: SetUp }) {
  const writing = useWriting()
  const schedule = useTranslations('schedule')
  if (step === 'hours') return <WeekLine weekly={setUp.hours.weekly ?? {}} />
  if (step === 'service')
    return setUp.services.map((one, at) => (
      <span key={one.id}>
        {at > 0 && ', '}
        <bdi>{one.name}</bdi> · <bdi>{schedule('minutes', { count: one.duration_minutes })}</bdi> ·{' '}
        <bdi>{writing.money(one.price)}</bdi>
      </span>
    ))
  if (step === 'provider') return setUp.providers.map(one => [one.title, one.name].filter(Boolean).join(' ')).join(', ')
  return setUp.operatories.map(one => one.name).join(', ')
}

/** What usually comes next, once somebody can be booked. */
function Next() {
  const t = useTranslations('start')
  const clinic = useSlug()
  const look =
    'flex items-start gap-3 rounded-lg border p-4 hover:bg-surface [&_svg]:mt-0.5 [&_svg]:size-5 [&_svg]:shrink-0 [&_svg]:text-primary'
  const words = (title: string, about: string) => (
    <span className="grid gap-0.5">
      <span className="font-medium">{title}</span>
      <span className="text-muted-foreground text-sm">{about}</span>
    </span>
  )
  return (
    <section className="mt-8">
      <h2 className="mb-3 font-semibold text-lg">{t('next')}</h2>
      <div className="grid grid-cols-3 gap-3 max-md:grid-cols-1">
        <Link to="/c/$clinic/import" params={{ clinic }} className={look}>
          <FileUp aria-hidden />
          {words(t('import'), t('importAbout'))}
        </Link>
        <Link to="/c/$clinic/patients/new" params={{ clinic }} search={{}} className={look}>
          <UserPlus aria-hidden />
          {words(t('register'), t('registerAbout'))}
        </Link>
        <Link to="/c/$clinic/schedule" params={{ clinic }} search={{}} className={look}>
          <CalendarPlus aria-hidden />
          {words(t('book'), t('bookAbout'))}
        </Link>
      </div>
    </section>
  )
}
