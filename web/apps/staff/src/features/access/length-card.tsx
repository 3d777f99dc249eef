import type { SignInRules } from '@chairside/api'
import { Card, Field } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import type { useForm } from '@/lib/form'

const NUMBER = { type: 'number', inputMode: 'numeric', dir: 'ltr' } as const

/** How long somebody stays signed in; blank is what the installation has. */
export function LengthCard({ form, rules }: { form: Pick<ReturnType<typeof useForm>, 'field'>; rules: SignInRules }) {
  const t = useTranslations('access')
  return (
    <Card title={t('length')}>
      <div className="grid gap-4 p-4">
        <p className="max-w-prose text-sm">{t('lengthAbout')}</p>
        <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
          <Field
            {...form.field('idle_minutes')}
            {...NUMBER}
            label={t('idle')}
            hint={t('idleHint', { usual: rules.usual_idle_minutes })}
            min={2}
            max={480}
            placeholder={String(rules.usual_idle_minutes)}
            defaultValue={rules.idle_minutes ?? ''}
          />
          <Field
            {...form.field('session_hours')}
            {...NUMBER}
            label={t('hours')}
            hint={t('hoursHint', { usual: rules.usual_session_hours })}
            min={1}
            max={72}
            placeholder={String(rules.usual_session_hours)}
            defaultValue={rules.session_hours ?? ''}
          />
        </div>
      </div>
    </Card>
  )
}
