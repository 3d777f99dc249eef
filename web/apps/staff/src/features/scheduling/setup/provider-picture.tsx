import type { Weekly } from '@chairside/api'
import { Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { resourcesQuery } from '../queries'
import { holidaysQuery, hoursQuery, overridesQuery, vacationsQuery } from './queries'
import { WeekPicture } from './week-picture'

/** What the clinic's hours, as they stand in the fields, do to the week of the clinic or of one provider. */
export function ProviderPicture({ weekly }: { weekly: Weekly }) {
  const t = useTranslations('setup')
  const clinic = useSlug()
  const providers = useQuery(resourcesQuery(clinic)).data?.providers.filter(one => one.active) ?? []
  const holidays = useQuery(holidaysQuery(clinic)).data
  const [id, setId] = useState('')
  return (
    <div className="grid gap-3 border-t pt-4">
      <Field
        label={t('whoseWeek')}
        value={id}
        onChange={event => setId(event.target.value)}
        choices={[['', t('ofClinic')], ...providers.map((one): [string, string] => [one.id, one.name])]}
        className="max-w-xs"
      />
      {id ? (
        <OfProvider key={id} provider={id} clinicWeek={weekly} />
      ) : (
        <WeekPicture weekly={weekly} oddities={{ holidays }} caption={t('thisWeek')} />
      )}
    </div>
  )
}

/** Who keeps hours of their own is not touched by the clinic's. */
function OfProvider({ provider, clinicWeek }: { provider: string; clinicWeek: Weekly }) {
  const t = useTranslations('setup')
  const hours = useQuery(hoursQuery(useSlug(), provider)).data
  if (!hours) return null
  return (
    <OwnPicture
      provider={provider}
      weekly={hours.is_default ? clinicWeek : hours.weekly}
      caption={hours.is_default ? t('thisWeek') : t('thisWeekOwn')}
    />
  )
}

/** The week of a provider with their other days, vacations and the days on which the clinic is closed. */
export function OwnPicture({ provider, weekly, caption }: { provider: string; weekly: Weekly; caption?: string }) {
  const t = useTranslations('setup')
  const clinic = useSlug()
  const oddities = {
    holidays: useQuery(holidaysQuery(clinic)).data,
    overrides: useQuery(overridesQuery(clinic, provider)).data,
    vacations: useQuery(vacationsQuery(clinic, provider)).data,
  }
  return <WeekPicture weekly={weekly} oddities={oddities} caption={caption ?? t('thisWeek')} />
}
