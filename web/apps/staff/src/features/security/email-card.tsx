import { Banner, Button, Card, Field, notify } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FormTrouble, useForm } from '@/lib/form'
import { usePreferences } from '@/lib/preferences'
import { useSession } from '@/lib/session'
import { askNewEmail } from './writes'

/** What one signs in with. Where letters are sent it changes once the new address has proved itself. */
export function EmailCard() {
  const t = useTranslations('security')
  const { email } = useSession().principal
  const { locale } = usePreferences()
  const [mailed, setMailed] = useState<string>()
  const form = useForm({
    async save({ text }) {
      const moved = await askNewEmail(text('email'), locale)
      form.props.ref.current?.reset()
      if (moved.mailed) setMailed(moved.email)
      else notify({ tone: 'ok', title: t('addressKept', { email: moved.email }) })
    },
  })
  return (
    <Card title={t('address')}>
      <form {...form.props} className="grid max-w-md gap-4 p-4">
        <FormTrouble form={form} />
        <p className="text-sm">
          {t.rich('addressNow', {
            address: () => (
              <bdi dir="ltr" className="font-medium">
                {email}
              </bdi>
            ),
          })}
        </p>
        {mailed && (
          <Banner tone="info" title={t('lookInMailbox')}>
            {t('addressMailed', { email: mailed })}
          </Banner>
        )}
        <Field {...form.field('email')} label={t('newAddress')} type="email" dir="ltr" autoComplete="email" required />
        <Button type="submit" variant="outline" disabled={form.busy} className="w-fit">
          {t('changeAddress')}
        </Button>
      </form>
    </Card>
  )
}
