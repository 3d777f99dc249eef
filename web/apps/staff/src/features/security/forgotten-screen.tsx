import { Banner, Button, Field } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FrontPage } from '@/features/identity'
import { FormTrouble, useForm } from '@/lib/form'
import { usePreferences } from '@/lib/preferences'
import { askNewPassword } from './writes'

/** A letter goes to the address, if somebody signs in with it. Nobody learns here whether somebody does. */
export function ForgottenScreen() {
  const t = useTranslations('security')
  const identity = useTranslations('identity')
  const { locale } = usePreferences()
  const [sent, setSent] = useState<string>()
  const form = useForm({
    async save({ text }) {
      await askNewPassword(text('email'), locale)
      setSent(text('email'))
    },
  })
  const foot = (
    <Link to="/login" className="font-medium text-primary underline-offset-4 hover:underline">
      {t('backToSignIn')}
    </Link>
  )
  if (sent)
    return (
      <FrontPage title={t('lookInMailbox')} foot={foot}>
        <div className="mt-6">
          <Banner tone="info" title={t('letterSent', { email: sent })}>
            {t('letterSentAbout')}
          </Banner>
        </div>
      </FrontPage>
    )
  return (
    <FrontPage title={t('forgotten')} about={t('forgottenAbout')} foot={foot}>
      <form {...form.props} className="mt-6 grid gap-5">
        <FormTrouble form={form} />
        <Field
          {...form.field('email')}
          label={identity('email')}
          type="email"
          dir="ltr"
          autoComplete="username"
          required
          autoFocus
        />
        <Button type="submit" disabled={form.busy} className="h-9">
          {t('sendLink')}
        </Button>
      </form>
    </FrontPage>
  )
}
