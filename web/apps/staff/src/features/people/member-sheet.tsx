import type { Member, Provider } from '@chairside/api'
import { Button, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { LogOut } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { changeProvider, resourcesQuery } from '@/features/scheduling'
import { useMay, useSlug } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { isStale } from '@/lib/over'
import { send } from '@/lib/server'
import { useSession } from '@/lib/session'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { RoleChoice } from './role-choice'
import { useActs } from './use-acts'

/** Somebody who works here: their roles, the provider that they are, and whether they may come in. */
export function MemberSheet({ member, onClose }: { member: Member; onClose: () => void }) {
  const t = useTranslations('people')
  const clinic = useSlug()
  const acts = useActs()
  const tell = useTell()
  const me = useSession().principal.id === member.id
  const mayLink = useMay('clinic.write')
  const providers = useQuery({ ...resourcesQuery(clinic), enabled: mayLink }).data?.providers ?? []
  const linked = providers.find(one => one.member_id === member.id)
  const [roles, setRoles] = useState(member.roles)
  const form = useForm({
    check: () => ({ roles: roles.length ? undefined : t('chooseRole') }),
    async save({ text }) {
      if (mayLink)
        await link(
          linked,
          providers.find(one => one.id === text('provider')),
        )
      const record = { employee_id: text('employee_id') || null, job_title: text('job_title') || null }
      const otherRoles = [...roles].sort().join() !== [...member.roles].sort().join()
      if (otherRoles || record.employee_id !== member.employee_id || record.job_title !== member.job_title)
        await acts.change(member, otherRoles ? { roles, ...record } : record)
      onClose()
    },
    refused(refusal) {
      if (!isStale(refusal)) return false
      form.setTrouble(t('changedMeanwhile'))
      return true
    },
  })
  /** A provider is somebody, or nobody who works here. */
  async function link(before: Provider | undefined, after: Provider | undefined) {
    if (before?.id === after?.id) return
    const freed = before && (await send(changeProvider(clinic, before, { member_id: null })))
    const taken = after && (await send(changeProvider(clinic, after, { member_id: member.id })))
    tell(t(after ? 'treatsKept' : 'treatsEnded', { name: member.name, provider: (after ?? before)?.name ?? '' }), async () => {
      if (taken) await send(changeProvider(clinic, taken, { member_id: null }))
      if (freed) await send(changeProvider(clinic, freed, { member_id: member.id }))
    })
  }
  const done = (act: Promise<unknown>) => void act.then(onClose)
  return (
    <SheetForm
      title={member.name}
      form={form}
      onClose={onClose}
      start={
        !me &&
        (member.status === 'suspended' ? (
          <Button variant="outline" onClick={() => done(acts.restore(member))}>
            {t('restore')}
          </Button>
        ) : (
          <Button variant="destructive" onClick={() => done(acts.suspend(member))}>
            {t('suspend')}
          </Button>
        ))
      }
    >
      <p className="text-muted-foreground text-sm">
        <bdi dir="ltr">{member.email}</bdi>
      </p>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field {...form.field('job_title')} label={t('jobTitle')} maxLength={100} defaultValue={member.job_title ?? ''} />
        <Field
          {...form.field('employee_id')}
          label={t('employeeId')}
          maxLength={40}
          dir="ltr"
          defaultValue={member.employee_id ?? ''}
        />
      </div>
      <RoleChoice chosen={roles} onChange={setRoles} error={form.errors.roles} />
      {mayLink && (
        <Field
          key={linked?.id ?? ''}
          {...form.field('provider')}
          label={t('treatsAs')}
          hint={t('treatsAsHint')}
          defaultValue={linked?.id ?? ''}
          choices={[
            ['', t('treatsNobody')],
            ...providers
              .filter(one => one.id === linked?.id || (one.active && !one.member_id))
              .map((one): [string, string] => [one.id, [one.title, one.name].filter(Boolean).join(' ')]),
          ]}
        />
      )}
      {!me && (
        <section className="grid gap-2 border-t pt-4">
          <p className="text-muted-foreground text-sm">{t('sessionsAbout')}</p>
          <Button variant="outline" className="w-fit" onClick={() => void acts.endSessions(member)}>
            <LogOut aria-hidden className="rtl:-scale-x-100" /> {t('endSessions')}
          </Button>
        </section>
      )}
    </SheetForm>
  )
}
