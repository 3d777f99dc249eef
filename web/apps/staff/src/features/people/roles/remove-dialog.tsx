import type { Role } from '@chairside/api'
import { Button, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { isStale } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { rolesQuery } from '../queries'
import { useRoleWords } from '../use-role-words'
import { Changes } from './changes'
import { differencesQuery } from './queries'
import { addRole, removeRole } from './writes'

/** A role goes; whoever has it gets another, and it is shown first what that changes for whom. */
export function RemoveDialog({ role, onClose }: { role: Role; onClose: () => void }) {
  const t = useTranslations('roles')
  const states = useTranslations('states')
  const clinic = useSlug()
  const say = useRoleWords()
  const tell = useTell()
  const [needed, setNeeded] = useState(role.people > 0)
  const [replacement, setReplacement] = useState('')
  const roles = useQuery(rolesQuery(clinic)).data ?? []
  const changes = useQuery({ ...differencesQuery(clinic, role.slug, { replacement }), enabled: !!replacement })
  const form = useForm({
    check: () => ({ replacement: needed && !replacement ? t('chooseMissing') : undefined }),
    async save() {
      await send(removeRole(clinic, role, replacement || undefined))
      const { name, description, permissions, copied_from } = role
      const back = () => send(addRole(clinic, { name, description: description ?? null, permissions, copied_from }))
      tell(t('removed', { role: name }), needed ? undefined : back)
      onClose()
    },
    refused(refusal) {
      // Somebody was given it, or invited as it, meanwhile.
      if (refusal.problem.code === 'RoleInUse') setNeeded(true)
      else if (isStale(refusal)) form.setTrouble(t('changedMeanwhile'))
      else return false
      return true
    },
  })
  return (
    <Dialog open onClose={onClose} firm={form.busy} title={t('removeTitle', { role: role.name })} className="max-w-md">
      <form {...form.props}>
        <div className="grid gap-3 px-5 pt-3 pb-5 text-sm">
          <FormTrouble form={form} />
          {needed ? (
            <Field
              {...form.field('replacement')}
              label={t('replacement')}
              value={replacement}
              onChange={event => setReplacement(event.target.value)}
              choices={[
                ['', t('choose')],
                ...roles
                  .filter(one => one.slug !== role.slug && one.assignable)
                  .map((one): [string, string] => [one.slug, say(one.slug, one.name)]),
              ]}
            />
          ) : (
            <p>{t('removeAbout')}</p>
          )}
          {replacement && changes.data && <Changes of={changes.data} />}
        </div>
        <DialogFoot>
          <Button variant="outline" disabled={form.busy} onClick={onClose}>
            {states('cancel')}
          </Button>
          <Button type="submit" variant="destructive" disabled={form.busy}>
            {t('remove')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
