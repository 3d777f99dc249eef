import { Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { resourcesQuery } from '@/features/scheduling'
import { useSlug } from '@/lib/clinic'

/** Whoever writes down what a provider says, says for whom. */
export function ScribeFor({ value, onChange }: { value?: string; onChange: (provider: string | undefined) => void }) {
  const t = useTranslations('chart')
  const providers = useQuery(resourcesQuery(useSlug())).data?.providers.filter(one => one.active) ?? []
  return (
    <div className="px-4 pt-3 print:hidden">
      <Field
        label={t('provider')}
        name="provider"
        required
        value={value ?? ''}
        onChange={event => onChange(event.target.value || undefined)}
        choices={[['', '–'], ...providers.map((one): [string, string] => [one.id, one.name])]}
      />
    </div>
  )
}
