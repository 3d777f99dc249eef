import type { Service } from '@chairside/api'
import { Field } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import type { useForm } from '@/lib/form'
import { MoneyField } from './money-field'

type Props = { form: Pick<ReturnType<typeof useForm>, 'field'>; service?: Service; brief?: boolean }

/** What a service is called, how long it takes, what it costs; `brief` leaves the rest for later. */
export function ServiceFields({ form, service, brief }: Props) {
  const t = useTranslations('setup')
  const number = { type: 'number', inputMode: 'numeric', dir: 'ltr', min: 0, step: 5 } as const
  return (
    <>
      <Field
        {...form.field('name')}
        label={t('serviceName')}
        defaultValue={service?.name}
        required
        dir="auto"
        autoComplete="off"
        autoFocus
      />
      <div className="grid grid-cols-2 gap-4">
        <Field
          {...form.field('duration_minutes')}
          {...number}
          min={5}
          label={t('duration')}
          defaultValue={service?.duration_minutes ?? 30}
          required
        />
        <MoneyField {...form.field('price')} label={t('price')} amount={service?.price.amount} required />
      </div>
      {!brief && (
        <>
          <Field
            {...form.field('code')}
            label={t('code')}
            hint={t('codeHint')}
            defaultValue={service?.code ?? ''}
            dir="ltr"
            autoComplete="off"
          />
          <div className="grid grid-cols-2 gap-4">
            <Field
              {...form.field('buffer_before_minutes')}
              {...number}
              label={t('bufferBefore')}
              defaultValue={service?.buffer_before_minutes ?? 0}
            />
            <Field
              {...form.field('buffer_after_minutes')}
              {...number}
              label={t('bufferAfter')}
              defaultValue={service?.buffer_after_minutes ?? 0}
            />
          </div>
          <p className="text-muted-foreground text-xs">{t('bufferHint')}</p>
        </>
      )}
    </>
  )
}
