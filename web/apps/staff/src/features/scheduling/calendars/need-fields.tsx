import { Button } from '@chairside/ui'
import { Plus, X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { type Draft, toggled } from './draft'
import { Choices, type FieldsProps, Group, NumberField } from './fields'

/** So many of these operatories and people, for all of the visit or for a part. */
export function NeedFields({ draft, edit, resources, errors }: FieldsProps) {
  const t = useTranslations('calendars')
  const { requires } = draft
  const change = (at: number, part: Partial<Draft['requires'][number]>) =>
    edit({ requires: requires.map((one, index) => (index === at ? { ...one, ...part } : one)) })
  const taken = new Set([...draft.providers.map(one => one.provider_id), ...requires.flatMap(one => one.any_of)])
  const all = [...resources.operatories, ...resources.providers].filter(one => one.active || taken.has(one.id))
  return (
    <section aria-label={t('needs')} className="grid gap-3">
      {requires.map((one, at) => (
        <div key={at} className="relative grid gap-3 rounded-lg border p-3">
          <Group legend={`${t('needs')} ${at + 1}`} error={errors[`requires/${at}`]}>
            <Choices
              of={all.filter(each => one.any_of.includes(each.id) || !taken.has(each.id))}
              chosen={one.any_of}
              onToggle={id => change(at, { any_of: toggled(one.any_of, id) })}
            />
          </Group>
          <div className="grid grid-cols-3 gap-3">
            <NumberField
              label={t('need')}
              min={1}
              max={20}
              value={one.need}
              onValue={need => change(at, { need: Math.max(1, need ?? 1) })}
            />
            <NumberField
              label={t('fromMinute')}
              min={0}
              max={719}
              value={one.from}
              onValue={from => change(at, { from: Math.max(0, from ?? 0) })}
            />
            <NumberField
              label={t('toMinute')}
              min={1}
              max={720}
              placeholder={t('toEnd')}
              value={one.to}
              onValue={to => change(at, { to })}
            />
          </div>
          <Button
            size="icon"
            variant="ghost"
            className="absolute end-2 top-2 size-8 pointer-coarse:size-11"
            aria-label={`${t('removeNeed')}: ${t('needs')} ${at + 1}`}
            onClick={() => edit({ requires: requires.filter((_, index) => index !== at) })}
          >
            <X aria-hidden />
          </Button>
        </div>
      ))}
      <Button
        variant="outline"
        className="justify-self-start"
        onClick={() => edit({ requires: [...requires, { any_of: [], need: 1, from: 0, to: null }] })}
      >
        <Plus aria-hidden /> {t('addNeed')}
      </Button>
    </section>
  )
}
