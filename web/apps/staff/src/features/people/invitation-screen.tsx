import { Refused, type Session } from '@chairside/api'
import { Banner, Button, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import {
  FrontPage,
  halfOf,
  halfOfTold,
  OutsideButtons,
  PasswordField,
  SecondStep,
  SHORTEST,
  useOutsideTold,
} from '@/features/identity'
import { Answer } from '@/lib/answer'
import { deploymentQuery } from '@/lib/deployment'
import { FormTrouble, useForm } from '@/lib/form'
import { useRefusalWords } from '@/lib/problem-words'
import { queryClient, send } from '@/lib/server'
import { sessionQuery } from '@/lib/session'
import { invitedQuery } from './queries'
import { useRoleWords } from './use-role-words'
import { accept, goOutside } from './writes'

/** Opening the link changes nothing; what is pressed here does. The token came behind the `#`, which no server sees. */
export function InvitationScreen({ token }: { token: string }) {
  const t = useTranslations('people')
  const say = useRefusalWords()
  const invited = useQuery(invitedQuery(token))
  const told = useOutsideTold()
  if (invited.error instanceof Refused)
    return (
      <FrontPage title={t('invitation')} foot={<SignIn />}>
        <Banner
          tone="warn"
          title={say(told && !token ? { ...invited.error.problem, code: told.code } : invited.error.problem)}
          className="mt-6"
        />
      </FrontPage>
    )
  return (
    <Answer to={invited} loading={<FrontPage title={t('invitation')}>{null}</FrontPage>}>
      {found => <Accept token={token} {...found} />}
    </Answer>
  )
}

type Found = { clinic: string; slug: string; email: string; name: string | null; roles: string[]; known: boolean }

function Accept({ token, clinic, slug, email, name, roles, known }: Found & { token: string }) {
  const t = useTranslations('people')
  const identity = useTranslations('identity')
  const security = useTranslations('security')
  const navigate = useNavigate()
  const role = useRoleWords()
  const session = useQuery(sessionQuery).data
  const mine = known && session?.principal.email.toLowerCase() === email
  const outside = useTranslations('outside')
  const told = useOutsideTold()
  const [half, setHalf] = useState(() => halfOfTold(told))
  const vouched = useQuery(deploymentQuery).data?.providers.find(({ key }) => key === half?.provider)
  async function enter(joined: Session) {
    // Whoever was signed in before is forgotten, and everything read for them.
    queryClient.clear()
    queryClient.setQueryData(sessionQuery.queryKey, joined)
    await navigate({ to: '/c/$clinic/schedule', params: { clinic: slug }, search: {} })
  }
  const form = useForm({
    check: ({ text }) => ({
      password: known || [...text('password')].length >= SHORTEST ? undefined : identity('passwordShort'),
    }),
    async save({ text }) {
      const body = mine
        ? { token }
        : known
          ? { token, password: text('password') }
          : { token, name: text('name'), password: text('password') }
      try {
        await enter(await send(accept(body)))
      } catch (error) {
        const half = halfOf(error, code => send(accept({ ...body, code })))
        if (!half) throw error
        setHalf(half)
      }
    },
    refused: ({ problem }) => {
      if (problem.code !== 'WrongCredentials') return false
      form.setErrors({ password: t('wrongPassword') })
      return true
    },
  })
  if (half && !mine)
    return (
      <FrontPage
        title={t('joinTitle', { clinic })}
        about={vouched ? outside('secondStep', { name: vouched.name }) : security('secondStepAbout')}
      >
        <SecondStep
          half={half}
          submit={t('join')}
          // Whoever is only signed in by it joins with one click more; unless it was somebody else's passkey.
          onDone={came => (came.clinics.some(one => one.slug === slug) ? enter(came) : setHalf(undefined))}
        />
      </FrontPage>
    )
  return (
    <FrontPage
      title={t('joinTitle', { clinic })}
      about={t('joinAbout', { roles: roles.map(one => role(one)).join(', ') })}
      foot={known && !mine ? undefined : session && !mine ? t('signedInAs', { email: session.principal.email }) : undefined}
    >
      {!mine && <OutsideButtons begin={provider => goOutside(provider, token)} />}
      <form {...form.props} className="mt-6 grid gap-5">
        <FormTrouble form={form} />
        <Field label={t('email')} value={email} readOnly dir="ltr" autoComplete="username" />
        {mine ? (
          <p className="text-sm">{t('youAre', { name: session?.principal.name ?? '' })}</p>
        ) : known ? (
          <PasswordField {...form.field('password')} hint={t('ownPassword')} autoComplete="current-password" required autoFocus />
        ) : (
          <>
            <Field
              {...form.field('name')}
              label={t('yourName')}
              defaultValue={name ?? ''}
              required
              autoFocus
              dir="auto"
              autoComplete="name"
              maxLength={200}
            />
            <PasswordField {...form.field('password')} chosen autoComplete="new-password" required />
          </>
        )}
        <Button type="submit" disabled={form.busy} className="h-9">
          {t('join')}
        </Button>
      </form>
    </FrontPage>
  )
}

export function SignIn() {
  const t = useTranslations('identity')
  return (
    <Link to="/login" className="font-medium text-primary underline-offset-4 hover:underline">
      {t('signIn')}
    </Link>
  )
}
