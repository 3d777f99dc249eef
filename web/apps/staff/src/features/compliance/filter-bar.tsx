import { Button, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { membersQuery } from '@/features/tenancy'
import { useMay, useSlug } from '@/lib/clinic'
import { ACTIONS, ENTITIES, type Filters } from './model'

type Props = { filters: Filters; onChange: (filters: Filters) => void }

/** What is looked for: who, what they did, to what, how it ended, and when. */
export function FilterBar({ filters, onChange }: Props) {
  const t = useTranslations('audit')
  const clinic = useSlug()
  const mayName = useMay('members.read')
  const members = useQuery({ ...membersQuery(clinic), enabled: mayName }).data ?? []
  const set = (name: keyof Filters) => (event: { currentTarget: { value: string } }) =>
    onChange({ ...filters, [name]: event.currentTarget.value || undefined })
  const any: [string, string] = ['', t('any')]
  const things = ENTITIES.map((one): [string, string] => [one, t(`entities.${one}`)]).sort(([, a], [, b]) => a.localeCompare(b))
  const isFiltered = Object.values(filters).some(Boolean)
  return (
    <search aria-label={t('filters')} className="grid grid-cols-6 items-end gap-3 max-lg:grid-cols-3 max-sm:grid-cols-2">
      {mayName && (
        <Field
          label={t('who')}
          value={filters.who ?? ''}
          onChange={set('who') as never}
          choices={[any, ...members.map((one): [string, string] => [one.id, one.name])]}
        />
      )}
      <Field
        label={t('did')}
        value={filters.did ?? ''}
        onChange={set('did') as never}
        choices={[any, ...ACTIONS.map((one): [string, string] => [one, t(`actions.${one}`)])]}
      />
      <Field label={t('what')} value={filters.what ?? ''} onChange={set('what') as never} choices={[any, ...things]} />
      <Field
        label={t('outcome')}
        value={filters.outcome ?? ''}
        onChange={set('outcome') as never}
        choices={[any, ['done', t('outcomes.done')], ['refused', t('outcomes.refused')]]}
      />
      <Field label={t('from')} type="date" value={filters.from ?? ''} max={filters.to} onChange={set('from') as never} />
      <Field label={t('to')} type="date" value={filters.to ?? ''} min={filters.from} onChange={set('to') as never} />
      {isFiltered && (
        <Button variant="ghost" className="justify-self-start" onClick={() => onChange({})}>
          <X aria-hidden /> {t('clear')}
        </Button>
      )}
    </search>
  )
}
