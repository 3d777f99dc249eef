import { Button, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { clock, useSlug } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { expiryOf, type Life } from './keys'
import { LifeField } from './life-field'
import { PermissionChoice } from './permission-choice'
import { ShownKey } from './shown-key'
import { useMaking } from './use-making'
import { addProgram } from './writes'

/** A program is let in: its name, what it may do, and its first key, which is shown then. */
export function AddProgramDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('access')
  const nav = useTranslations('nav')
  const states = useTranslations('states')
  const clinic = useSlug()
  const tell = useTell()
  const make = useMaking()
  const [permissions, setPermissions] = useState<string[]>([])
  const [made, setMade] = useState<{ name: string; key: string }>()
  const form = useForm({
    check: () => ({ permissions: permissions.length ? undefined : t('chooseOne') }),
    fieldOf: ({ pointer }) => pointer.split('/')[1] ?? '',
    async save({ text }) {
      const expires_at = expiryOf(text('expires_at') as Life, clock().getTime())
      const making = send(addProgram(clinic, { name: text('name'), permissions, expires_at }))
      const made = await make(making, form.setTrouble)
      if (!made) return
      tell(t('programAdded', { name: made.name }))
      setMade(made)
    },
  })
  if (made) return <ShownKey name={made.name} shown={made.key} onClose={onClose} />
  return (
    <Dialog
      open
      onClose={onClose}
      firm={form.busy}
      title={nav('addProgram')}
      about={t('programsAbout')}
      close={states('close')}
      className="max-w-xl"
    >
      <form {...form.props} className="flex min-h-0 flex-1 flex-col">
        <div className="grid min-h-0 gap-4 overflow-y-auto px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          <Field
            {...form.field('name')}
            label={t('program')}
            hint={t('programHint')}
            required
            autoFocus
            dir="auto"
            autoComplete="off"
            maxLength={200}
          />
          <LifeField form={form} />
          <PermissionChoice chosen={permissions} onChange={setPermissions} error={form.errors.permissions} />
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
