import { Button, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { deploymentQuery, sendsLetters } from '@/lib/deployment'
import { FormTrouble, useForm } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { LinkDialog } from './link-dialog'
import { RoleChoice } from './role-choice'
import { invite, revoke } from './writes'

/** A letter with a link goes to somebody who is to work here; where none is sent, whoever invites hands the link over. */
export function InviteDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('people')
  const nav = useTranslations('nav')
  const states = useTranslations('states')
  const clinic = useSlug()
  const once = useOnce()
  const tell = useTell()
  const [roles, setRoles] = useState<string[]>([])
  const deployment = useQuery(deploymentQuery).data
  const byHand = !sendsLetters(deployment)
  const hours = deployment?.invitation_hours ?? 72
  const [made, setMade] = useState<{ id: string; email: string }>()
  const form = useForm({
    check: () => ({ roles: roles.length ? undefined : t('chooseRole') }),
    async save({ text }) {
      const made = await once(invite(clinic, { email: text('email'), name: text('name') || null, roles }))
      if (byHand) return setMade(made)
      tell(t('invited', { email: made.email }), () => send(revoke(clinic, made)))
      onClose()
    },
    refused({ problem }) {
      const about = { AlreadyMember: t('alreadyMember'), AlreadyInvited: t('alreadyInvited') }[problem.code]
      if (about) form.setErrors({ email: about })
      return !!about
    },
  })
  if (made) return <LinkDialog invitation={made} onClose={onClose} />
  return (
    <Dialog
      open
      onClose={onClose}
      title={nav('invite')}
      about={t(byHand ? 'byHandAbout' : 'inviteAbout', { hours })}
      close={states('close')}
      className="max-w-xl"
    >
      <form {...form.props} className="flex min-h-0 flex-1 flex-col">
        <div className="grid min-h-0 gap-4 overflow-y-auto px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          <Field
            {...form.field('email')}
            label={t('email')}
            type="email"
            dir="ltr"
            required
            autoFocus
            autoComplete="off"
            maxLength={254}
          />
          <Field {...form.field('name')} label={t('name')} hint={t('nameHint')} dir="auto" autoComplete="off" maxLength={200} />
          <RoleChoice chosen={roles} onChange={setRoles} error={form.errors.roles} />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {byHand ? t('makeInvitation') : t('sendInvitation')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
