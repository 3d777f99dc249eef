import { Check, Field } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import type { Draft } from './draft'
import { type FieldsProps, Group, NumberField } from './fields'

const GRIDS = ['hours', 'clock', 'gap'] as const

/** From when to when, how often, and how much. */
export function TimingFields({ draft, edit, errors }: FieldsProps) {
  const t = useTranslations('calendars')
  const day = (which: 'start' | 'end', value: string) => {
    const window = { start: '', end: '', ...draft.window, [which]: value }
    edit({ window: window.start || window.end ? window : null })
  }
  const number = (name: 'buffer_before' | 'buffer_after' | 'max_days_ahead' | 'per_day_limit') => ({
    value: draft[name],
    error: errors[name],
    onValue: (value: number | null) => edit({ [name]: value } as Partial<Draft>),
  })
  return (
    <Group legend={t('timing')}>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <NumberField
          label={t('increment')}
          end={t('minutes')}
          min={1}
          max={720}
          error={errors.increment}
          value={draft.increment}
          onValue={value => edit({ increment: value ?? 0 })}
        />
        <Field
          label={t('grid')}
          value={draft.grid}
          choices={GRIDS.map(one => [one, t(`grids.${one}`)])}
          onChange={event => edit({ grid: event.target.value as (typeof GRIDS)[number] })}
        />
        <NumberField
          label={t('before')}
          end={t('minutes')}
          min={0}
          max={240}
          placeholder={t('ofService')}
          {...number('buffer_before')}
        />
        <NumberField
          label={t('after')}
          end={t('minutes')}
          min={0}
          max={240}
          placeholder={t('ofService')}
          {...number('buffer_after')}
        />
        <NumberField
          label={t('notice')}
          end={t('minutes')}
          min={0}
          error={errors.min_notice}
          value={draft.min_notice}
          onValue={value => edit({ min_notice: value ?? 0 })}
        />
        <NumberField label={t('days')} end={t('daysUnit')} min={0} placeholder={t('noLimit')} {...number('max_days_ahead')} />
        <Field
          label={t('start')}
          type="date"
          error={errors.window}
          value={draft.window?.start ?? ''}
          onChange={event => day('start', event.target.value)}
        />
        <Field
          label={t('end')}
          type="date"
          min={draft.window?.start}
          value={draft.window?.end ?? ''}
          onChange={event => day('end', event.target.value)}
        />
        <NumberField
          label={t('seats')}
          min={1}
          max={200}
          error={errors.capacity}
          value={draft.capacity}
          onValue={value => edit({ capacity: value ?? 0 })}
        />
        <NumberField label={t('limit')} min={1} placeholder={t('noLimit')} {...number('per_day_limit')} />
      </div>
      <Check
        label={t('inside')}
        checked={draft.buffers_inside_hours}
        onChange={event => edit({ buffers_inside_hours: event.target.checked })}
        className="pointer-coarse:min-h-11"
      />
      <Check
        label={t('public')}
        checked={draft.public}
        onChange={event => edit({ public: event.target.checked })}
        className="pointer-coarse:min-h-11"
      />
    </Group>
  )
}
