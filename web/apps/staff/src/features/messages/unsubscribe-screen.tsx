import { Button } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FrontPage } from '@/features/identity'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { unsubscribe } from './writes'

/** The way out of reminders by e-mail. To open it changes nothing. */
export function UnsubscribeScreen({ link }: { link: string }) {
  const t = useTranslations('messages')
  const [done, setDone] = useState(false)
  const form = useForm({
    async save() {
      const [clinic = '', message = '', token = ''] = link.split('/')
      await send(unsubscribe([clinic, message, token]))
      setDone(true)
    },
  })
  return (
    <FrontPage title={t('unsubscribe')} about={done ? t('unsubscribed') : t('unsubscribeAbout')}>
      {!done && (
        <form {...form.props} className="mt-6 grid gap-4">
          <FormTrouble form={form} />
          <Button type="submit" disabled={form.busy}>
            {t('unsubscribeNow')}
          </Button>
        </form>
      )}
    </FrontPage>
  )
}
