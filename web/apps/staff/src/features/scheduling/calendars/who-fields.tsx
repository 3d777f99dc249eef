import { Field, Input } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { toggled } from './draft'
import { Choices, type FieldsProps, Group } from './fields'

const STRATEGIES = ['single', 'round_robin', 'priority', 'collective'] as const
const MODALITIES = ['in_person', 'phone', 'video'] as const

/** What it is called, what it offers, and who takes it. */
export function WhoFields({ draft, edit, resources, errors }: FieldsProps) {
  const t = useTranslations('calendars')
  const ids = draft.providers.map(one => one.provider_id)
  const shown = <T extends { id: string; active: boolean }>(list: T[], kept: string[]) =>
    list.filter(one => one.active || kept.includes(one.id))
  const nameOf = (id: string) => resources.providers.find(one => one.id === id)?.name ?? ''
  const choose = (id: string) =>
    edit({
      providers: toggled(ids, id).map(
        each => draft.providers.find(one => one.provider_id === each) ?? { provider_id: each, priority: 1 },
      ),
    })
  return (
    <>
      <Field
        name="name"
        label={t('name')}
        required
        dir="auto"
        autoComplete="off"
        autoFocus
        value={draft.name}
        error={errors.name}
        onChange={event => edit({ name: event.target.value })}
      />
      <Group legend={t('services')} hint={t('servicesHint')} error={errors.service_ids}>
        <Choices
          of={shown(resources.services, draft.service_ids)}
          chosen={draft.service_ids}
          onToggle={id => edit({ service_ids: toggled(draft.service_ids, id) })}
        />
      </Group>
      <Group legend={t('who')} error={errors.providers}>
        <Choices
          of={shown(resources.providers, ids)}
          chosen={ids}
          onToggle={choose}
          aside={id =>
            draft.strategy === 'priority' && (
              <Input
                type="number"
                min={1}
                max={1000}
                dir="ltr"
                className="h-8 w-16 pointer-coarse:h-11"
                aria-label={t('priority', { name: nameOf(id) })}
                value={draft.providers.find(one => one.provider_id === id)?.priority ?? 1}
                onChange={event =>
                  edit({
                    providers: draft.providers.map(one =>
                      one.provider_id === id ? { ...one, priority: Math.max(1, Math.trunc(Number(event.target.value))) } : one,
                    ),
                  })
                }
              />
            )
          }
        />
      </Group>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field
          label={t('strategy')}
          value={draft.strategy}
          choices={STRATEGIES.map(one => [one, t(`strategies.${one}`)])}
          onChange={event => edit({ strategy: event.target.value as (typeof STRATEGIES)[number] })}
        />
        <Field
          label={t('modality')}
          value={draft.modality}
          choices={MODALITIES.map(one => [one, t(`modalities.${one}`)])}
          onChange={event => edit({ modality: event.target.value as (typeof MODALITIES)[number] })}
        />
      </div>
    </>
  )
}
