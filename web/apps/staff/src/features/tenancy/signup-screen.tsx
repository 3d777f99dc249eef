import { change } from '@chairside/api'
import { Banner, Button, Combobox, Field } from '@chairside/ui'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FrontPage, PasswordField, SHORTEST } from '@/features/identity'
import { deploymentQuery } from '@/lib/deployment'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { sessionQuery } from '@/lib/session'
import { useChoices } from './choices'
import { currencyOf, hereZone, localeOf, SLUG, slugOf } from './guess'

/** A new clinic, and its owner unless somebody is signed in already. Everything that can be guessed is. */
export function SignupScreen() {
  const t = useTranslations('tenancy')
  const id = useTranslations('identity')
  const client = useQueryClient()
  const navigate = useNavigate()
  const session = useQuery(sessionQuery).data
  const deployment = useQuery(deploymentQuery).data
  const [slug, setSlug] = useState('')
  const [edited, setEdited] = useState(false)
  const [mailed, setMailed] = useState<string>()
  const [timezone, setTimezone] = useState(hereZone)
  const [currency, setCurrency] = useState(() => currencyOf(hereZone(), navigator.languages))
  const { zoneOptions, currencyOptions, localeNames } = useChoices()
  const form = useForm({
    check: ({ text }) => ({
      slug: SLUG.test(slug) ? undefined : t('slugWrong'),
      'owner/password': session || [...text('owner/password')].length >= SHORTEST ? undefined : id('passwordShort'),
    }),
    async save({ text }) {
      const owner = { name: text('owner/name'), email: text('owner/email'), password: text('owner/password') }
      const clinic = { name: text('name'), slug, timezone, locale: text('locale'), currency }
      const body = session ? clinic : { ...clinic, owner }
      const made = await send(change('post', '/clinics', { params: {}, body, touches: [] }))
      if (!('slug' in made)) return setMailed(made.email)
      await client.fetchQuery({ ...sessionQuery, staleTime: 0 })
      await navigate({ to: '/c/$clinic/start', params: { clinic: made.slug } })
    },
    refused: ({ problem }) => {
      const field = { SlugTaken: 'slug', EmailTaken: 'owner/email' }[problem.code]
      if (field) form.setErrors({ [field]: problem.code === 'SlugTaken' ? t('slugTaken') : t('emailTaken') })
      return !!field
    },
  })
  const signIn = (words: React.ReactNode) => (
    <Link to="/login" className="font-medium text-primary underline-offset-4 hover:underline">
      {words}
    </Link>
  )
  if (mailed)
    return (
      <FrontPage title={t('mailed')} foot={t.rich('haveOne', { link: signIn })}>
        <p className="mt-4">{t.rich('mailedAbout', { email: () => <bdi className="font-medium">{mailed}</bdi> })}</p>
        <p className="mt-2 text-muted-foreground text-sm">{t('mailedHint')}</p>
      </FrontPage>
    )
  if (deployment && !deployment.sign_up)
    return (
      <FrontPage title={t('signUp')} foot={t.rich('haveOne', { link: signIn })}>
        <Banner tone="info" title={t('closed')} className="mt-6" />
      </FrontPage>
    )
  return (
    <FrontPage title={t('signUp')} about={t('signUpAbout')} foot={session ? undefined : t.rich('haveOne', { link: signIn })}>
      <form {...form.props} className="mt-6 grid grid-cols-2 gap-x-4 gap-y-5 max-sm:grid-cols-1">
        <FormTrouble form={form} className="col-span-full" />
        <Field
          {...form.field('name')}
          label={t('clinicName')}
          required
          autoFocus
          dir="auto"
          autoComplete="organization"
          className="col-span-full"
          onChange={event => edited || setSlug(slugOf(event.target.value))}
        />
        <Field
          {...form.field('slug')}
          label={t('slug')}
          hint={
            <>
              {t('slugHint')} <bdi dir="ltr">{`${location.origin}/c/${slug || '…'}`}</bdi>
            </>
          }
          required
          dir="ltr"
          spellCheck={false}
          autoCapitalize="none"
          autoComplete="off"
          value={slug}
          onChange={event => {
            setEdited(event.target.value !== '')
            setSlug(event.target.value.toLowerCase())
          }}
          className="col-span-full"
        />
        <Combobox
          {...form.field('timezone')}
          label={t('timezone')}
          value={timezone}
          shown={timezone}
          options={zoneOptions}
          nothing={t('nothing')}
          onChange={zone => {
            setTimezone(zone)
            setCurrency(currencyOf(zone, navigator.languages))
          }}
          required
        />
        <Combobox
          {...form.field('currency')}
          label={t('currency')}
          value={currency}
          options={currencyOptions}
          nothing={t('nothing')}
          onChange={setCurrency}
          required
        />
        <Field
          {...form.field('locale')}
          label={t('locale')}
          hint={t('localeHint')}
          choices={localeNames}
          defaultValue={localeOf(hereZone(), navigator.languages)}
          required
          className="col-span-full"
        />
        {!session && (
          <fieldset className="col-span-full grid grid-cols-2 gap-x-4 gap-y-5 border-t pt-5 max-sm:grid-cols-1">
            <legend className="sr-only">{t('owner')}</legend>
            <Field {...form.field('owner/name')} label={t('ownerName')} required dir="auto" autoComplete="name" />
            <Field {...form.field('owner/email')} label={id('email')} type="email" dir="ltr" required autoComplete="username" />
            <div className="col-span-full">
              <PasswordField {...form.field('owner/password')} chosen autoComplete="new-password" required />
            </div>
          </fieldset>
        )}
        <Button type="submit" disabled={form.busy} className="col-span-full h-9">
          {form.busy ? t('making') : t('make')}
        </Button>
      </form>
    </FrontPage>
  )
}
