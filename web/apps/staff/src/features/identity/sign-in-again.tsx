import type { Session } from '@chairside/api'
import { Banner, Button, cn, Dialog, DialogFoot, Field } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { signInByPasskey } from '@/lib/by-passkey'
import { drafts } from '@/lib/drafts'
import { FormTrouble, useForm } from '@/lib/form'
import { canPasskey } from '@/lib/passkeys'
import { signIn } from '@/lib/session'
import { PasswordField } from './password-field'
import { Or, PasskeyButton } from './proof/passkey-button'
import { type Half, halfOf, SecondStep } from './proof/second-step'
import { usePasskey } from './proof/use-passkey'
import { useWait, Wait } from './proof/use-wait'

type SignInAgainProps = { principal: Session['principal']; onDone: () => void; className?: string }

/** Over the page, which keeps everything that was typed; nothing behind it can be read meanwhile. */
export default function SignInAgain({ principal, onDone, className }: SignInAgainProps) {
  const t = useTranslations('identity')
  const [half, setHalf] = useState<Half>()
  const back = (session: Session) => {
    if (session.principal.id === principal.id) return onDone()
    // Somebody else's passkey: nothing of this page is theirs.
    drafts.forget()
    location.assign('/')
  }
  return (
    <Dialog open firm opaque onClose={() => {}} title={t('ended')} about={t('endedAbout')} className={cn('max-w-md', className)}>
      {half ? (
        <SecondStep inDialog half={half} onDone={back} leave={<SomeoneElse />} />
      ) : (
        <FirstStep email={principal.email} onDone={back} onHalf={setHalf} />
      )}
    </Dialog>
  )
}

type FirstStepProps = { email: string; onDone: (session: Session) => void; onHalf: (half: Half) => void }

function FirstStep({ email, onDone, onHalf }: FirstStepProps) {
  const t = useTranslations('identity')
  const words = useTranslations('security')
  const wait = useWait()
  const passkey = usePasskey(async () => onDone(await signInByPasskey()))
  const form = useForm({
    async save({ text }) {
      try {
        onDone(await signIn(email, text('password')))
      } catch (error) {
        const half = halfOf(error, code => signIn(email, text('password'), code))
        if (!half) throw error
        onHalf(half)
      }
    },
    refused: ({ problem }) => {
      if (wait.taken(problem)) return true
      if (problem.status !== 401) return false
      form.setErrors({ password: t('wrong') })
      return true
    },
  })
  return (
    <form {...form.props}>
      <div className="grid gap-4 px-5 pt-4 pb-5">
        <FormTrouble form={{ ...form, errors: {} }} />
        {passkey.trouble && <Banner title={passkey.trouble} />}
        <Wait left={wait.left} passkey={canPasskey()} />
        <Field label={t('email')} value={email} readOnly dir="ltr" autoComplete="username" />
        <PasswordField {...form.field('password')} autoComplete="current-password" required autoFocus />
        {canPasskey() && (
          <>
            <Or word={words('or')} />
            <PasskeyButton label={words('signInByPasskey')} passkey={passkey} variant="outline" />
          </>
        )}
      </div>
      <DialogFoot>
        <SomeoneElse />
        <Button type="submit" disabled={form.busy || wait.left > 0}>
          {form.busy ? t('signingIn') : t('signIn')}
        </Button>
      </DialogFoot>
    </form>
  )
}

function SomeoneElse() {
  const t = useTranslations('identity')
  return (
    <Button variant="ghost" asChild className="me-auto">
      {/* The whole page goes, and with it what was typed here: nobody is asked whether to stay. */}
      <a href="/login" onClick={drafts.forget}>
        {t('someoneElse')}
      </a>
    </Button>
  )
}
