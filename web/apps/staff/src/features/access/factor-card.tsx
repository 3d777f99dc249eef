import type { SignInRules } from '@chairside/api'
import { Card, Field, Segmented } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { clock, useWriting } from '@/lib/clinic'
import type { useForm } from '@/lib/form'
import { type Asked, askedOf, dayOf } from './rules'
import { WithoutFactor } from './without-factor'

type Props = {
  form: Pick<ReturnType<typeof useForm>, 'field'>
  rules: SignInRules
  asked: Asked
  onAsk: (asked: Asked) => void
  tomorrow: string
}

/** Whether more than a password is asked for, from when, and who has nothing more. */
export function FactorCard({ form, rules, asked, onAsk, tomorrow }: Props) {
  const t = useTranslations('access')
  const writing = useWriting()
  const { mfa_from } = rules
  const before = askedOf(mfa_from, clock())
  const now = mfa_from && before === 'now' ? t('asked.since', { day: writing.dayOf(mfa_from) }) : t('asked.now')
  return (
    <Card title={t('factor')}>
      <div className="grid gap-4 p-4">
        <p className="max-w-prose text-sm">{t('factorAbout')}</p>
        <WithoutFactor count={rules.without_factor} />
        <Segmented
          label={t('factor')}
          value={asked}
          onChange={value => onAsk(value as Asked)}
          className="w-fit flex-wrap [&>button]:min-h-7"
          choices={[
            { value: 'off', label: t('asked.off') },
            { value: 'now', label: now },
            { value: 'later', label: t('asked.later') },
          ]}
        />
        {asked !== 'off' && (
          <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
            {asked === 'later' && (
              <Field
                {...form.field('mfa_from')}
                type="date"
                label={t('from')}
                min={tomorrow}
                defaultValue={before === 'later' ? dayOf(mfa_from, writing.timezone) : ''}
                required
              />
            )}
            <Field
              {...form.field('mfa_grace_days')}
              type="number"
              inputMode="numeric"
              dir="ltr"
              label={t('grace')}
              hint={t('graceHint')}
              min={0}
              max={90}
              defaultValue={rules.mfa_grace_days}
              required
            />
          </div>
        )}
      </div>
    </Card>
  )
}
