import { Button, notify } from '@chairside/ui'
import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { FrontPage, PasswordField, SHORTEST } from '@/features/identity'
import { FormTrouble, useForm } from '@/lib/form'
import { queryClient } from '@/lib/server'
import { resetPassword } from './writes'

/** The link of a letter. Nothing happens before a password is chosen. */
export function ResetScreen({ token }: { token: string }) {
  const t = useTranslations('security')
  const identity = useTranslations('identity')
  const navigate = useNavigate()
  const form = useForm({
    check: ({ text }) => ({ password: [...text('password')].length >= SHORTEST ? undefined : identity('passwordShort') }),
    async save({ text }) {
      await resetPassword(token, text('password'))
      // Every session of the person has ended, this browser's too.
      queryClient.clear()
      notify({ tone: 'ok', title: t('passwordKept'), about: t('resetDone') })
      await navigate({ to: '/login' })
    },
  })
  return (
    <FrontPage
      title={t('newPassword')}
      about={t('resetAbout')}
      foot={
        <Link to="/forgotten-password" className="font-medium text-primary underline-offset-4 hover:underline">
          {t('sendAnother')}
        </Link>
      }
    >
      <form {...form.props} className="mt-6 grid gap-5">
        <FormTrouble form={form} />
        <PasswordField
          {...form.field('password')}
          label={t('newPassword')}
          chosen
          autoComplete="new-password"
          required
          autoFocus
        />
        <Button type="submit" disabled={form.busy} className="h-9">
          {t('choosePassword')}
        </Button>
      </form>
    </FrontPage>
  )
}
