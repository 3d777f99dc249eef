import { Button } from '@chairside/ui'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { FrontPage } from '@/features/identity'
import { FormTrouble, useForm } from '@/lib/form'
import { queryClient, send } from '@/lib/server'
import { sessionQuery } from '@/lib/session'
import { SignIn } from './invitation-screen'
import { confirm } from './writes'

/** The link of a sign-up: the clinic is made when the button is pressed, not when a mail program looks at the address. */
export function ConfirmationScreen({ token }: { token: string }) {
  const t = useTranslations('people')
  const navigate = useNavigate()
  const form = useForm({
    async save() {
      const { slug } = await send(confirm(token))
      queryClient.clear()
      await queryClient.fetchQuery({ ...sessionQuery, staleTime: 0 })
      await navigate({ to: '/c/$clinic/start', params: { clinic: slug } })
    },
  })
  return (
    <FrontPage title={t('confirmTitle')} about={t('confirmAbout')} foot={<SignIn />}>
      <form {...form.props} className="mt-6 grid gap-5">
        <FormTrouble form={form} />
        <Button type="submit" disabled={form.busy} className="h-9" autoFocus>
          {t('confirm')}
        </Button>
      </form>
    </FrontPage>
  )
}
