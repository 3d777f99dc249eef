import type { Role, RoleChange } from '@chairside/api'
import { Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { isStale } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { useRoleWords } from '../use-role-words'
import { Changes } from './changes'
import { PermissionChoice } from './permission-choice'
import { differences, permissionsQuery } from './queries'
import { type Acts, RoleActs } from './role-acts'
import { RoleReading } from './role-reading'
import { addRole, changeRole, removeRole } from './writes'

type Props = Acts & { role?: Role; from?: Role; onClose: () => void }

/** A role of the clinic's own, edited; one of the product's, or without the permission, only read. */
export function RoleSheet(props: Props) {
  const mayWrite = useMay('roles.write')
  const { role } = props
  return role && (role.template || !mayWrite) ? <RoleReading {...props} role={role} /> : <RoleEditor {...props} />
}

const same = (one: readonly string[], other: readonly string[]) => [...one].sort().join() === [...other].sort().join()

function RoleEditor({ role, from, onClose, ...acts }: Props) {
  const t = useTranslations('roles')
  const clinic = useSlug()
  const say = useRoleWords()
  const tell = useTell()
  const permissions = useQuery(permissionsQuery(clinic))
  const before = role?.permissions ?? []
  const yours = (name: string) => permissions.data?.find(one => one.name === name)?.yours !== false
  const [picked, setPicked] = useState<string[]>()
  const chosen = picked ?? (role ? before : (from?.permissions ?? []).filter(yours))
  const [changes, setChanges] = useState<RoleChange[]>()
  const form = useForm({
    async save({ text }) {
      const wanted = { name: text('name'), description: text('description') || null, permissions: chosen }
      if (!role) {
        const made = await send(addRole(clinic, { ...wanted, copied_from: from?.slug ?? null }))
        tell(t('made', { role: made.name }), () => send(removeRole(clinic, made)))
        return onClose()
      }
      // Shown before it is done: who gains and loses what.
      if (!changes && role.people > 0 && !same(chosen, before)) {
        const found = await differences(clinic, role.slug, { permissions: chosen })
        if (found.length) return setChanges(found)
      }
      const kept = await send(changeRole(clinic, role, wanted))
      const was = { name: role.name, description: role.description ?? null, permissions: before }
      tell(t('kept', { role: kept.name }), () => send(changeRole(clinic, kept, was)))
      onClose()
    },
    fieldOf: one => (one.pointer.startsWith('/permissions') ? 'permissions' : one.pointer.slice(1)),
    refused(refusal) {
      if (refusal.problem.code === 'RoleNameTaken') form.setErrors({ name: refusal.problem.detail })
      else if (isStale(refusal)) form.setTrouble(t('changedMeanwhile'))
      else return false
      return true
    },
  })
  return (
    <SheetForm
      title={role ? role.name : t('add')}
      form={form}
      save={changes ? t('saveAll') : undefined}
      onClose={onClose}
      start={role && <RoleActs role={role} {...acts} />}
    >
      {changes && <Changes of={changes} />}
      <Field
        {...form.field('name')}
        label={t('name')}
        dir="auto"
        required
        maxLength={60}
        autoComplete="off"
        autoFocus={!role}
        defaultValue={role?.name ?? (from ? t('copyName', { role: say(from.slug, from.name) }) : '')}
      />
      <Field
        {...form.field('description')}
        label={t('description')}
        dir="auto"
        maxLength={300}
        autoComplete="off"
        defaultValue={role?.description ?? ''}
      />
      <Answer to={permissions} compact>
        {permissions => (
          <PermissionChoice
            permissions={permissions}
            chosen={chosen}
            before={before}
            onChange={next => {
              setPicked(next)
              setChanges(undefined)
            }}
          />
        )}
      </Answer>
    </SheetForm>
  )
}
