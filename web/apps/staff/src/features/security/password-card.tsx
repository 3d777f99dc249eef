import { Button, Card, notify } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { PasswordField, SHORTEST } from '@/features/identity'
import { FormTrouble, useForm } from '@/lib/form'
import { changePassword } from './writes'

export function PasswordCard() {
  const t = useTranslations('security')
  const identity = useTranslations('identity')
  const form = useForm({
    check: ({ text }) => ({ new: [...text('new')].length >= SHORTEST ? undefined : identity('passwordShort') }),
    async save({ text }) {
      await changePassword({ old: text('old'), new: text('new') })
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
