import { Field } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import type { useForm } from '@/lib/form'
import { LIVES, USUAL_LIFE } from './keys'

/** How long a new key is good for. */
export function LifeField({ form }: { form: Pick<ReturnType<typeof useForm>, 'field'> }) {
  const t = useTranslations('access')
  return (
    <Field
      {...form.field('expires_at')}
      label={t('expiry')}
      hint={t('expiryHint')}
      choices={LIVES.map((life): [string, string] => [life, t(`expiries.${life}`)])}
      defaultValue={USUAL_LIFE}
    />
  )
}
