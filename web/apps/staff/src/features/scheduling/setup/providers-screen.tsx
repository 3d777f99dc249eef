import type { Provider } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Banner, Button, Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Plus, Stethoscope } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { Page, Row, Rows } from '@/shell/page'
import { resourcesQuery } from '../queries'
import { Standing } from './licences'
import { useCalendarTold } from './outside-calendars'
import { ProviderSheet } from './provider-sheet'
import { hoursQuery, licencesQuery } from './queries'
import { WeekLine } from './week-line'

/** Who treats patients, and when. */
export function ProvidersScreen() {
  const t = useTranslations('setup')
  const group = useTranslations('shell.groups')('practice')
  const mayWrite = useMay('clinic.write')
  const resources = useQuery(resourcesQuery(useSlug()))
  const [open, setOpen] = useState<Provider | 'new'>()
  useCalendarTold()
  useCommands(mayWrite ? [{ id: 'add-provider', group, label: t('addProvider'), run: () => setOpen('new') }] : [])
  const add = mayWrite && (
    <Button onClick={() => setOpen('new')}>
      <Plus aria-hidden /> {t('addProvider')} <Keys of="add-provider" className="max-sm:hidden" />
    </Button>
  )
  return (
    <Page title={t('providers')} about={t('providersAbout')} end={add}>
      {mayWrite && resources.data && <RunningOut providers={resources.data.providers} />}
      <Answer to={resources}>
        {({ providers, operatories }) =>
          providers.length === 0 ? (
            <Empty icon={Stethoscope} title={t('noProviders')} about={t('providersAbout')}>
              {add}
            </Empty>
          ) : (
            <Rows
              caption={t('providers')}
              heads={[
                { label: t('providerName') },
                { label: t('usualOperatory'), className: 'max-sm:hidden' },
                { label: t('hours'), className: 'max-md:hidden' },
              ]}
            >
              {providers.map(one => (
                <Row
                  key={one.id}
                  name={[one.title, one.name].filter(Boolean).join(' ')}
                  inactive={!one.active && t('inactive')}
                  onOpen={mayWrite ? () => setOpen(one) : undefined}
                >
                  <td className="text-muted-foreground max-sm:hidden">
                    <bdi>{operatories.find(room => room.id === one.operatory_id)?.name}</bdi>
                  </td>
                  <td className="text-muted-foreground max-md:hidden">
                    <ProviderWeek id={one.id} />
                  </td>
                </Row>
              ))}
            </Rows>
          )
        }
      </Answer>
      {open && <ProviderSheet provider={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />}
    </Page>
  )
}

/** Of those in use: what has run out, or does soon. */
function RunningOut({ providers }: { providers: Provider[] }) {
  const t = useTranslations('setup')
  const licences = useQuery(licencesQuery(useSlug())).data ?? []
  const lines = licences.flatMap(one => {
    const provider = providers.find(provider => provider.id === one.provider_id && provider.active)
    return provider && one.standing !== 'valid' ? [[provider, one] as const] : []
  })
  if (lines.length === 0) return null
  return (
    <Banner tone="warn" title={t('runningOut', { count: lines.length })} className="mb-4">
      <ul className="grid gap-1">
        {lines.map(([provider, licence]) => (
          <li key={licence.id} className="flex flex-wrap items-center gap-x-2 text-foreground">
            <bdi>{provider.name}</bdi> · <bdi>{licence.authority}</bdi> <Standing licence={licence} />
          </li>
        ))}
      </ul>
    </Banner>
  )
}

function ProviderWeek({ id }: { id: string }) {
  const t = useTranslations('setup')
  const hours = useQuery(hoursQuery(useSlug(), id)).data
  if (!hours) return null
  return hours.is_default ? t('followsClinic') : <WeekLine weekly={hours.weekly} />
}
