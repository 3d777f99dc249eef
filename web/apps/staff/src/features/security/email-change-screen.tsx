import { Banner, Button } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FrontPage } from '@/features/identity'
import { FormTrouble, useForm } from '@/lib/form'
import { queryClient } from '@/lib/server'
import { confirmEmail } from './writes'

/** The link of a letter to a new address: it counts when the button is pressed, not when a mail program looks at the page. */
export function EmailChangeScreen({ token }: { token: string }) {
  const t = useTranslations('security')
  const [email, setEmail] = useState<string>()
  const form = useForm({
    async save() {
      setEmail((await confirmEmail(token)).email)
      queryClient.clear()
    },
  })
  const home = (
    <Link to="/" className="font-medium text-primary underline-offset-4 hover:underline">
      {t('toChairside')}
    </Link>
  )
  return (
    <FrontPage title={t('newAddress')} about={email ? undefined : t('newAddressAbout')} foot={home}>
      {email ? (
        <div className="mt-6">
          <Banner tone="info" title={t('addressKept', { email })} />
        </div>
      ) : (
        <form {...form.props} className="mt-6 grid gap-5">
          <FormTrouble form={form} />
          <Button type="submit" disabled={form.busy} className="h-9" autoFocus>
            {t('useAddress')}
          </Button>
        </form>
      )}
    </FrontPage>
  )
}
