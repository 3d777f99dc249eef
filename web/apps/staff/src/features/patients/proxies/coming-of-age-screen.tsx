import { type ComesOfAge, get } from '@chairside/api'
import { Badge, Empty, Segmented } from '@chairside/ui'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Cake } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { Page } from '@/shell/page'

const SPANS = ['30', '90', '365'] as const

export const comingOfAgeQuery = (clinic: string, days: number) =>
  queryOptions({
    queryKey: [clinic, 'patients', 'coming-of-age', days],
    queryFn: async () =>
      (await get('/clinics/{clinic}/coming-of-age', { params: { path: { clinic }, query: { days } } })).data?.items ?? [],
  })

/** Patients for whom somebody acts and who come of age soon, with what becomes of it on that day. */
export function ComingOfAgeScreen() {
  const t = useTranslations('proxies')
  const clinic = useSlug()
  const [span, setSpan] = useState<string>('90')
  const soon = useQuery(comingOfAgeQuery(clinic, Number(span)))
  return (
    <Page
      title={t('comingOfAge')}
      about={t('comingOfAgeAbout')}
      end={
        <Segmented
          label={t('within')}
          value={span}
          onChange={setSpan}
          choices={SPANS.map(one => ({ value: one, label: t('days', { count: Number(one) }) }))}
        />
      }
    >
      <Answer to={soon}>
        {items =>
          items.length === 0 ? (
            <Empty icon={Cake} title={t('nobodySoon')} about={t('nobodySoonAbout')} />
          ) : (
            <ul className="rounded-lg border">
              {items.map(one => (
                <One key={one.id} patient={one} />
              ))}
            </ul>
          )
        }
      </Answer>
    </Page>
  )
}

function One({ patient }: { patient: ComesOfAge }) {
  const t = useTranslations('proxies')
  const clinic = useSlug()
  const { day } = useWriting()
  return (
    <li className="grid gap-1.5 border-t px-4 py-3 text-sm first:border-t-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        <Link
          to="/c/$clinic/patients/$patient"
          params={{ clinic, patient: patient.id }}
          search={{}}
          className="inline-flex min-h-6 items-center font-medium text-primary underline-offset-4 hover:underline"
        >
          <bdi>
            {patient.first_name} {patient.last_name}
          </bdi>
        </Link>
        <span className="ms-auto">{t('ofAgeOn', { day: day(patient.majority_on) })}</span>
      </div>
      <ul className="grid gap-1">
        {patient.proxies.map(proxy => (
          <li key={proxy.id} className="flex flex-wrap items-baseline gap-x-2 text-muted-foreground text-xs">
            <bdi className="font-medium text-foreground">{proxy.name}</bdi>
            <span>{t(`relationships.${proxy.relationship}`)}</span>
            <Badge tone={proxy.ends ? undefined : 'warn'}>{proxy.ends ? t('endsThen') : t('goesOn')}</Badge>
            {proxy.ends && proxy.receives && <span>{t('messagesThen')}</span>}
          </li>
        ))}
      </ul>
      {!patient.reached && <p className="text-warn text-xs">{t('notReached')}</p>}
    </li>
  )
}
