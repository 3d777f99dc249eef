import { change, type Session } from '@chairside/api'
import { Banner, Button, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { signInByPasskey } from '@/lib/by-passkey'
import { deploymentQuery } from '@/lib/deployment'
import { FormTrouble, useForm } from '@/lib/form'
import { canPasskey } from '@/lib/passkeys'
import { signIn } from '@/lib/session'
import { FrontPage } from './front-page'
import { OutsideButtons, useOutsideTold } from './outside-buttons'
import { PasswordField } from './password-field'
import { Or, PasskeyButton } from './proof/passkey-button'
import { type Half, halfOf, halfOfTold, SecondStep } from './proof/second-step'
import { useOfferedPasskey } from './proof/use-offered-passkey'
import { usePasskey } from './proof/use-passkey'
import { useWait, Wait } from './proof/use-wait'

export function LoginScreen({ next }: { next?: string }) {
  const t = useTranslations('identity')
  const words = useTranslations('security')
  const router = useRouter()
  const outside = useTranslations('outside')
  const told = useOutsideTold()
  const [half, setHalf] = useState(() => halfOfTold(told))
  const vouched = useQuery(deploymentQuery).data?.providers.find(({ key }) => key === half?.provider)
  const enter = (session: Session) => {
    const first = session.clinics[0]
    router.history.push(next ?? (first ? `/c/${first.slug}/schedule` : '/signup'))
  }
  if (half)
    return (
      <FrontPage
        title={words('secondStep')}
        about={vouched ? outside('secondStep', { name: vouched.name }) : words('secondStepAbout')}
      >
        <SecondStep
          half={half}
          onDone={enter}
          leave={
            <Button variant="ghost" size="sm" onClick={() => setHalf(undefined)}>
              {words('backToSignIn')}
            </Button>
          }
        />
      </FrontPage>
    )
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
      <OutsideButtons
        begin={provider =>
          change('post', '/session/outside/{provider}', { params: { provider }, body: { back: next }, touches: [] })
        }
      />
      <FirstStep onDone={enter} onHalf={setHalf} />
    </FrontPage>
  )
}

function FirstStep({ onDone, onHalf }: { onDone: (session: Session) => void; onHalf: (half: Half) => void }) {
  const t = useTranslations('identity')
  const words = useTranslations('security')
  const { mail, mailbox } = useQuery(deploymentQuery).data ?? {}
  const wait = useWait()
  useOfferedPasskey(onDone)
  const passkey = usePasskey(async () => onDone(await signInByPasskey()))
  const form = useForm({
    async save({ text }) {
      const [email, password] = [text('email'), text('password')]
      try {
        onDone(await signIn(email, password))
      } catch (error) {
        const half = halfOf(error, code => signIn(email, password, code))
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
    <form {...form.props} className="mt-6 grid gap-5">
      <FormTrouble form={{ ...form, errors: {} }} />
      {passkey.trouble && <Banner title={passkey.trouble} />}
      <Wait left={wait.left} passkey={canPasskey()} />
      <Field
        {...form.field('email')}
        label={t('email')}
        type="email"
        dir="ltr"
        autoComplete="username webauthn"
        required
        autoFocus
      />
      <PasswordField {...form.field('password')} autoComplete="current-password" required />
      {(mail || mailbox) && (
        <Link
          to="/forgotten-password"
          className="-mt-3 inline-flex w-fit items-center text-muted-foreground text-sm underline-offset-4 hover:text-foreground hover:underline"
        >
          {words('forgottenLink')}
        </Link>
      )}
      <Button type="submit" disabled={form.busy || wait.left > 0} className="h-9">
        {form.busy ? t('signingIn') : t('signIn')}
      </Button>
      {canPasskey() && (
        <>
          <Or word={words('or')} />
          <PasskeyButton label={words('signInByPasskey')} passkey={passkey} variant="outline" />
        </>
      )}
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
  )
}
