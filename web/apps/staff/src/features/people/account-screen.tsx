import { Button, Card, Field, notify } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { PasswordField, SHORTEST } from '@/features/identity'
import { FormTrouble, useForm } from '@/lib/form'
import { queryClient, send } from '@/lib/server'
import { sessionQuery, useSession } from '@/lib/session'
import { Page } from '@/shell/page'
import { changePassword, rename } from './writes'

/** What somebody changes of themselves: the same wherever they work. */
export function AccountScreen() {
  const t = useTranslations('people')
  return (
    <Page title={t('account')} about={t('accountAbout')} narrow>
      <div className="grid gap-6">
        <Name />
        <Password />
      </div>
    </Page>
  )
}

function Name() {
  const t = useTranslations('people')
  const states = useTranslations('states')
  const { name, email } = useSession().principal
  const form = useForm({
    async save({ text }) {
      queryClient.setQueryData(sessionQuery.queryKey, await send(rename(text('name'))))
      notify({ tone: 'ok', title: t('nameKept') })
    },
  })
  return (
    <Card title={t('yourName')}>
      <form {...form.props} className="grid gap-4 p-4">
        <FormTrouble form={form} />
        <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
          <Field
            {...form.field('name')}
            label={t('yourName')}
            defaultValue={name}
            required
            dir="auto"
            autoComplete="name"
            maxLength={200}
          />
          <Field label={t('email')} hint={t('emailFixed')} value={email} readOnly dir="ltr" />
        </div>
        <Button type="submit" variant="outline" disabled={form.busy} className="w-fit">
          {states('save')}
        </Button>
      </form>
    </Card>
  )
}

function Password() {
  const t = useTranslations('people')
  const identity = useTranslations('identity')
  const form = useForm({
    check: ({ text }) => ({ new: [...text('new')].length >= SHORTEST ? undefined : identity('passwordShort') }),
    async save({ text }) {
      await send(changePassword({ old: text('old'), new: text('new') }))
      form.props.ref.current?.reset()
      notify({ tone: 'ok', title: t('passwordKept'), about: t('passwordKeptAbout') })
    },
    refused: ({ problem }) => {
      if (problem.code !== 'WrongPassword') return false
      form.setErrors({ old: t('wrongOld') })
      return true
    },
  })
  return (
    <Card title={identity('password')}>
      <form {...form.props} className="grid max-w-md gap-4 p-4">
        <FormTrouble form={form} />
        <PasswordField {...form.field('old')} label={t('oldPassword')} autoComplete="current-password" required />
        <PasswordField {...form.field('new')} label={t('newPassword')} chosen autoComplete="new-password" required />
        <p className="text-muted-foreground text-sm">{t('othersEnd')}</p>
        <Button type="submit" variant="outline" disabled={form.busy} className="w-fit">
          {t('changePassword')}
        </Button>
      </form>
    </Card>
  )
}
