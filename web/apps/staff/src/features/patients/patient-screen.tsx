import { isRefused, type Patient } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Loading } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Tabs } from 'radix-ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, NotYours } from '@/lib/answer'
import { useClinic, useMay, useSlug } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { ClosedRecord } from './closed-record'
import { useWayOn } from './merging/use-way-on'
import { PatientActions } from './patient-actions'
import { PatientHeader } from './patient-header'
import { patientQuery } from './queries'
import { TABS, type Tab } from './tabs'

const NEEDED: Partial<Record<Tab, string>> = {
  chart: 'charting.read',
  perio: 'charting.read',
  medical: 'history.read',
  notes: 'notes.read',
  orders: 'prescribing.read labs.track',
  plan: 'treatment.read',
  imaging: 'imaging.read',
  messages: 'messages.read',
  ledger: 'billing.read',
  access: 'audit.read',
}

type PatientScreenProps = {
  id: string
  tab: Tab
  /** What nobody who treats them may miss, above every tab. */
  alerts: (patient: Patient) => ReactNode
  sections: Record<Tab, (patient: Patient) => ReactNode>
}

export function PatientScreen({ id, tab, alerts, sections }: PatientScreenProps) {
  const t = useTranslations('patients')
  const states = useTranslations('states')
  const groups = useTranslations('shell.groups')
  const clinic = useSlug()
  const navigate = useNavigate()
  const patient = useQuery(patientQuery(clinic, id))
  const leaving = useWayOn(patient.data)
  const { permissions } = useClinic()
  const mayBill = useMay('billing.read')
  const tabs = TABS.filter(name => (NEEDED[name] ?? 'patients.read').split(' ').some(one => permissions.includes(one)))
  const go = (next: Tab) =>
    navigate({
      to: '/c/$clinic/patients/$patient',
      params: { clinic, patient: id },
      search: next === 'summary' ? {} : { tab: next },
      replace: true,
    })
  useCommands([
    ...tabs.map(name => ({
      id: `tab-${name}`,
      group: groups('patient'),
      label: t(`tabs.${name}`),
      run: () => go(name),
    })),
    ...(mayBill
      ? [
          {
            id: 'ledger-letter',
            group: groups('patient'),
            label: t('tabs.ledger'),
            unlisted: true,
            run: () => go('ledger'),
          },
        ]
      : []),
  ])
  if (isRefused(patient.error, 'NotOnCareTeam')) return <ClosedRecord problem={patient.error.problem} />
  if (leaving) return <Loading label={states('loading')} rows={6} />
  return (
    <Answer to={patient}>
      {patient => (
        <Tabs.Root value={tab} onValueChange={next => go(next as Tab)} className="flex h-full min-h-0 flex-col">
          {/* Initials only: a tab title is read by everyone who passes. */}
          <title>{`${patient.first_name[0] ?? ''}${patient.last_name[0] ?? ''} #${patient.register_number}`}</title>
          <div className="border-b">
            <PatientHeader patient={patient}>
              <PatientActions patient={patient} />
            </PatientHeader>
            {alerts(patient)}
            <Tabs.List aria-label={t('sections')} className="group/tabs flex flex-wrap gap-x-1 px-4 max-sm:px-2">
              {tabs.map(name => (
                <Tabs.Trigger
                  key={name}
                  value={name}
                  className="-outline-offset-2! flex h-9 shrink-0 items-center gap-1.5 border-transparent border-b-2 px-2 font-medium text-muted-foreground text-sm hover:text-foreground data-[state=active]:border-primary data-[state=active]:text-foreground"
                >
                  {t(`tabs.${name}`)}
                  {/* A number that always stands there reads as a count. */}
                  <Keys
                    of={`tab-${name}`}
                    className="opacity-0 group-hover/tabs:opacity-100 group-has-focus-visible/tabs:opacity-100 max-lg:hidden [&>span]:h-4 [&>span]:min-w-4 [&>span]:px-0.5"
                  />
                </Tabs.Trigger>
              ))}
            </Tabs.List>
          </div>
          {!tabs.includes(tab) && <NotYours needs={NEEDED[tab] ?? 'patients.read'} />}
          {tabs.map(name => (
            <Tabs.Content key={name} value={name} className="-outline-offset-2! min-h-0 flex-1 overflow-y-auto">
              {sections[name](patient)}
            </Tabs.Content>
          ))}
        </Tabs.Root>
      )}
    </Answer>
  )
}
