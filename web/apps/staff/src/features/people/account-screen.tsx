import { Button, Card, Field } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { OwnFeed } from '@/features/scheduling'
import { AccountPage } from '@/features/security'
import { FormTrouble, useForm } from '@/lib/form'
import { queryClient, send } from '@/lib/server'
import { sessionQuery, useSession } from '@/lib/session'
import { useTell } from '@/lib/tell'
import { rename } from './writes'

/** What somebody changes of themselves: the same wherever they work. */
export function AccountScreen() {
  const t = useTranslations('people')
  return (
    <AccountPage about={t('accountAbout')}>
      <div className="grid gap-4">
        <Name />
        <OwnFeed />
      </div>
    </AccountPage>
  )
}

function Name() {
  const t = useTranslations('people')
  const states = useTranslations('states')
  const { name, email } = useSession().principal
  const tell = useTell()
  const keep = async (name: string) => queryClient.setQueryData(sessionQuery.queryKey, await send(rename(name)))
  const form = useForm({
    async save({ text }) {
      await keep(text('name'))
      tell(t('nameKept'), () => keep(name))
    },
  })
  return (
    <Card title={t('yourName')}>
      <form {...form.props} className="grid gap-4 p-4">
        <FormTrouble form={form} />
        <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
          <Field
            key={name}
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
