import { Button, Card, Dialog, DialogFoot, Field, notify } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { digitsOf, PIN } from '@/features/identity'
import { FormTrouble, useForm } from '@/lib/form'
import { Keys } from '@/lib/keys'
import { useSession } from '@/lib/session'
import { setPin } from './writes'

/** Of this browser alone. */
export function PinCard() {
  const t = useTranslations('security')
  const { has_pin } = useSession()
  const [open, setOpen] = useState(false)
  return (
    <Card title={t('pinCard')}>
      <div className="grid gap-3 p-4 text-sm">
        <p className="text-muted-foreground">
          {t('pinAbout')} <Keys of="lock" className="align-middle" />
        </p>
        <div className="flex flex-wrap items-center gap-3">
          <span className="me-auto font-medium">{has_pin ? t('pinIs') : t('pinIsNot')}</span>
          <Button variant="outline" onClick={() => setOpen(true)}>
            {has_pin ? t('changePin') : t('choosePin')}
          </Button>
        </div>
      </div>
      {open && <PinDialog onClose={() => setOpen(false)} />}
    </Card>
  )
}

function PinDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('security')
  const states = useTranslations('states')
  const form = useForm({
    check: ({ text }) => ({
      pin: digitsOf(text('pin')).length === PIN ? undefined : t('pinShort'),
      again: digitsOf(text('pin')) === digitsOf(text('again')) ? undefined : t('pinDiffers'),
    }),
    async save({ text }) {
      await setPin(digitsOf(text('pin')))
      notify({ tone: 'ok', title: t('pinSet') })
      onClose()
    },
  })
  const digits = {
    type: 'password',
    dir: 'ltr',
    inputMode: 'numeric',
    autoComplete: 'off',
    maxLength: PIN,
    required: true,
  } as const
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('choosePin')}
      about={t('choosePinAbout')}
      close={states('close')}
      className="max-w-sm"
    >
      <form {...form.props}>
        <div className="grid gap-4 px-5 pt-4 pb-5">
          <FormTrouble form={{ ...form, errors: {} }} />
          <Field {...form.field('pin')} {...digits} label={t('newPin')} autoFocus />
          <Field {...form.field('again')} {...digits} label={t('pinAgain')} />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('cancel')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {states('save')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
