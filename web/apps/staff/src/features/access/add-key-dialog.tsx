import type { Program } from '@chairside/api'
import { Button, Dialog, DialogFoot, Kbd } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { clock, useSlug } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { expiryOf, type Life } from './keys'
import { LifeField } from './life-field'
import { ShownKey } from './shown-key'
import { useMaking } from './use-making'
import { addKey } from './writes'

/** Another key beside those there are, so that a program changes to it without a pause. */
export function AddKeyDialog({ program, onClose }: { program: Program; onClose: () => void }) {
  const t = useTranslations('access')
  const states = useTranslations('states')
  const clinic = useSlug()
  const tell = useTell()
  const make = useMaking()
  const [shown, show] = useState<string>()
  const { name } = program
  const form = useForm({
    async save({ text }) {
      const expires_at = expiryOf(text('expires_at') as Life, clock().getTime())
      const made = await make(send(addKey(clinic, program.id, { expires_at })), form.setTrouble)
      if (!made) return
      tell(t('keyAdded', { name }))
      show(made.key)
    },
  })
  if (shown) return <ShownKey name={name} shown={shown} onClose={onClose} />
  return (
    <Dialog
      open
      onClose={onClose}
      firm={form.busy}
      title={t('addKeyTitle', { name })}
      close={states('close')}
      className="max-w-md"
    >
      <form {...form.props}>
        <div className="grid gap-4 px-5 pt-3 pb-5 text-sm">
          <FormTrouble form={form} />
          <p>{t('rotation')}</p>
          <LifeField form={form} />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {t('makeKey')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
