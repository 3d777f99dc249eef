import { Button, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { deploymentQuery } from '@/lib/deployment'
import { FormTrouble, useForm } from '@/lib/form'
import { signIn } from '@/lib/session'
import { FrontPage } from './front-page'
import { PasswordField } from './password-field'

export function LoginScreen({ next }: { next?: string }) {
  const t = useTranslations('identity')
  const router = useRouter()
  const mailbox = useQuery(deploymentQuery).data?.mailbox
  const form = useForm({
    async save({ text }) {
      const session = await signIn(text('email'), text('password'))
      const first = session.clinics[0]
      router.history.push(next ?? (first ? `/c/${first.slug}/schedule` : '/signup'))
    },
    refused: ({ problem }) => {
      if (problem.status !== 401) return false
      form.setErrors({ password: t('wrong') })
      return true
    },
  })
  return (
    <FrontPage
      title={t('signIn')}
      foot={t.rich('newHere', {
        link: words => (
          <Link to="/signup" className="font-medium text-primary underline-offset-4 hover:underline">
            {words}
          </Link>
        ),
      })}
    >
      <form {...form.props} className="mt-6 grid gap-5">
        <FormTrouble form={{ ...form, errors: {} }} />
        <Field {...form.field('email')} label={t('email')} type="email" dir="ltr" autoComplete="username" required autoFocus />
        <PasswordField {...form.field('password')} autoComplete="current-password" required />
        <Button type="submit" disabled={form.busy} className="h-9">
          {form.busy ? t('signingIn') : t('signIn')}
        </Button>
        {mailbox && (
          <p className="text-center text-muted-foreground text-xs">
            {t.rich('mailboxHint', {
              link: words => (
                <Link to="/mailbox" className="underline underline-offset-4">
                  {words}
                </Link>
              ),
            })}
          </p>
        )}
      </form>
    </FrontPage>
  )
}
