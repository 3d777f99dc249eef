import { Button, Dialog, DialogFoot, Field } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { drafts } from '@/lib/drafts'
import { FormTrouble, useForm } from '@/lib/form'
import { signIn } from '@/lib/session'
import { PasswordField } from './password-field'

/** Over the page, which keeps everything that was typed; nothing behind it can be read meanwhile. */
export function SignInAgain({ email, onDone }: { email: string; onDone: () => void }) {
  const t = useTranslations('identity')
  const form = useForm({
    save: ({ text }) => signIn(email, text('password')).then(onDone),
    refused: ({ problem }) => {
      if (problem.status !== 401) return false
      form.setErrors({ password: t('wrong') })
      return true
    },
  })
  return (
    <Dialog open firm opaque onClose={() => {}} title={t('ended')} about={t('endedAbout')} className="max-w-md">
      <form {...form.props}>
        <div className="grid gap-4 px-5 pt-4 pb-5">
          <FormTrouble form={{ ...form, errors: {} }} />
          <Field label={t('email')} value={email} readOnly dir="ltr" autoComplete="username" />
          <PasswordField {...form.field('password')} autoComplete="current-password" required autoFocus />
        </div>
        <DialogFoot>
          <Button variant="ghost" asChild className="me-auto">
            {/* The whole page goes, and with it what was typed here: nobody is asked whether to stay. */}
            <a href="/login" onClick={drafts.forget}>
              {t('someoneElse')}
            </a>
          </Button>
          <Button type="submit" disabled={form.busy}>
            {form.busy ? t('signingIn') : t('signIn')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
