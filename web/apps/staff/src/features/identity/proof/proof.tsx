import { Banner, Button, DialogFoot, Field } from '@chairside/ui'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { latin } from '@/lib/digits'
import { FormTrouble, useForm } from '@/lib/form'
import { type Challenge, canPasskey, type Signed, signed } from '@/lib/passkeys'
import { useRefusalWords } from '@/lib/problem-words'
import { PasswordField } from '../password-field'
import { Or, PasskeyButton } from './passkey-button'
import { usePasskey } from './use-passkey'
import { useWait, Wait } from './use-wait'

export type Way = 'passkey' | 'code' | 'password'
export type Given = { passkey: Signed } | { code: string } | { password: string }

type ProofProps = {
  /** What this person has; whoever has a second factor has recovery codes, too. */
  ways: readonly Way[]
  /** What the passkey has to sign. */
  ask: () => Promise<Challenge>
  give: (given: Given) => Promise<unknown>
  submit: string
  /** For the password manager. */
  email?: string
  /** The way out, beside the button that sends. */
  leave?: ReactNode
  /** What leads elsewhere for it. */
  other?: ReactNode
  inDialog?: boolean
}

/** By one of several ways that it is the person: a passkey, a code of the app or of the paper, or the password. */
export function Proof({ ways, ask, give, submit, email, leave, other: elsewhere, inDialog }: ProofProps) {
  const t = useTranslations('security')
  const words = useRefusalWords()
  const [onPaper, setOnPaper] = useState(false)
  const wait = useWait()
  const passkey = usePasskey(async () => give({ passkey: await signed(await ask()) }))
  const byPasskey = ways.includes('passkey') && canPasskey()
  const field = onPaper ? 'paper' : ways.includes('code') ? 'code' : ways.includes('password') ? 'password' : undefined
  const form = useForm({
    save: ({ text }) => give(field === 'password' ? { password: text('password') } : { code: latin(text('code')) }),
    refused: ({ problem }) => {
      if (wait.taken(problem)) return true
      if (problem.code === 'WrongCode') form.setErrors({ code: words(problem) })
      else if (problem.code === 'WrongCredentials') form.setErrors({ password: t('wrongPassword') })
      else return false
      return true
    },
  })
  const other = field !== 'password' && ways.length > 0 && (
    <Button variant="ghost" size="sm" className="w-fit" onClick={() => setOnPaper(!onPaper)}>
      {!onPaper ? t('withRecoveryCode') : ways.includes('code') ? t('withCode') : t('withoutRecoveryCode')}
    </Button>
  )
  return (
    <form {...form.props} className={inDialog ? 'contents' : 'mt-6 grid gap-5'}>
      <div className={inDialog ? 'grid gap-4 overflow-y-auto px-5 pt-4 pb-5' : 'contents'}>
        <FormTrouble form={{ ...form, errors: {} }} />
        {passkey.trouble && <Banner title={passkey.trouble} />}
        <Wait left={wait.left} passkey={byPasskey} />
        {email && <input type="email" name="username" value={email} readOnly hidden autoComplete="username" />}
        {byPasskey && (
          <PasskeyButton label={t('usePasskey')} passkey={passkey} variant={field ? 'outline' : 'default'} autoFocus={!field} />
        )}
        {byPasskey && field && <Or word={t('or')} />}
        {field === 'code' && (
          <Field
            key="code"
            {...form.field('code')}
            label={t('code')}
            hint={t('codeHint')}
            dir="ltr"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={20}
            required
            autoFocus
          />
        )}
        {field === 'paper' && (
          <Field
            key="paper"
            {...form.field('code')}
            label={t('recoveryCode')}
            hint={t('recoveryHint')}
            dir="ltr"
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={20}
            required
            autoFocus
          />
        )}
        {field === 'password' && <PasswordField {...form.field('password')} autoComplete="current-password" required autoFocus />}
        {inDialog && other && <div className="-ms-2">{other}</div>}
        {elsewhere}
      </div>
      {inDialog ? (
        <DialogFoot>
          {leave}
          {field && <Send busy={form.busy || wait.left > 0} words={submit} />}
        </DialogFoot>
      ) : (
        <>
          {field && <Send busy={form.busy || wait.left > 0} words={submit} className="h-9" />}
          <div className="-mt-2 grid justify-items-center gap-1">
            {other}
            {leave}
          </div>
        </>
      )}
    </form>
  )
}

const Send = ({ busy, words, className }: { busy: boolean; words: string; className?: string }) => (
  <Button type="submit" disabled={busy} className={className}>
    {words}
  </Button>
)
