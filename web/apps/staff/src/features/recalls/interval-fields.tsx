import type { RecallInterval } from '@chairside/api'
import { Field } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import type { useForm } from '@/lib/form'

type Props = {
  form: Pick<ReturnType<typeof useForm>, 'field'>
  interval: RecallInterval | null
  required?: boolean
  hint?: string
}

/** So many months or weeks. */
export function IntervalFields({ form, interval, required, hint }: Props) {
  const t = useTranslations('recalls')
  return (
    <div className="grid grid-cols-2 items-start gap-4">
      <Field
        {...form.field('interval/every')}
        type="number"
        inputMode="numeric"
        dir="ltr"
        min={1}
        max={520}
        label={t('every')}
        defaultValue={interval?.every ?? ''}
        required={required}
        hint={hint}
      />
      <Field
        {...form.field('interval/unit')}
        label={t('unit')}
        defaultValue={interval?.unit ?? 'months'}
        choices={[
          ['months', t('months')],
          ['weeks', t('weeks')],
        ]}
      />
    </div>
  )
}
