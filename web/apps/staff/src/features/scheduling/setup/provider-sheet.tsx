import type { Provider, Weekly } from '@chairside/api'
import { Button, Check, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { membersQuery } from '@/features/tenancy'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { resourcesQuery } from '../queries'
import { Overrides } from './overrides'
import { hoursQuery } from './queries'
import { useOverProvider, type Week } from './use-over-provider'
import { DAYS, overlapping, USUAL } from './weekly'
import { WeeklyEditor } from './weekly-editor'
import { addProvider, changeProvider, setProviderHours } from './writes'

/** A provider with their week; other days than usual below. */
export function ProviderSheet({ provider, onClose }: { provider?: Provider; onClose: () => void }) {
  const clinic = useSlug()
  const hours = useQuery({ ...hoursQuery(clinic, provider?.id), enabled: !!provider })
  const week: Week | undefined = provider ? hours.data : { weekly: USUAL, is_default: true, version: 0 }
  return (
    <Answer to={{ ...hours, data: week }} loading={<span />}>
      {week => <ProviderForm provider={provider} week={week} onClose={onClose} />}
    </Answer>
  )
}

function ProviderForm({ provider, week, onClose }: { provider?: Provider; week: Week; onClose: () => void }) {
  const t = useTranslations('setup')
  const tell = useTell()
  const clinic = useSlug()
  const regret = useRegret()
  const operatories = useQuery(resourcesQuery(clinic)).data?.operatories ?? []
  const clinicWeek = useQuery(hoursQuery(clinic)).data?.weekly
  const mayLink = useMay('members.read')
  const members = useQuery({ ...membersQuery(clinic), enabled: mayLink }).data
  const [own, setOwn] = useState(!week.is_default)
  const [weekly, setWeekly] = useState<Weekly>(week.is_default ? (clinicWeek ?? week.weekly) : week.weekly)
  const otherDay = useRef<() => Promise<unknown>>(undefined)
  const { over, overWeek, metOf } = useOverProvider(provider, week, operatories)
  const form = useForm({
    check: () => ({ weekly: own && DAYS.some(day => overlapping((weekly[day] ?? []) as never)) ? t('overlap') : undefined }),
    refused({ problem }) {
      if (problem.code !== 'MemberIsAProvider') return false
      form.setErrors({ member_id: t('memberTaken') })
      return true
    },
    async save({ text }) {
      const facts = {
        name: text('name'),
        title: text('title') || null,
        npi: text('npi') || null,
        operatory_id: text('operatory_id') || null,
        member_id: members ? text('member_id') || null : (provider?.member_id ?? null),
      }
      if (provider) {
        await otherDay.current?.()
        const [kept, week] = [await over(facts), await overWeek({ weekly: own ? weekly : null })]
        const sentence = metOf(kept, week)
        if (sentence) return form.setTrouble(sentence)
        const isChanged = kept.back || week.back
        tell(t('kept', { name: facts.name }), isChanged && (() => Promise.all([kept.back?.(), week.back?.()])))
      } else {
        const made = await send(addProvider(clinic, facts))
        if (own) await send(setProviderHours(clinic, made.id, weekly))
        // Whoever was added by mistake is not in use: a provider is never deleted.
        tell(t('kept', { name: facts.name }), () => send(changeProvider(clinic, made, { active: false })))
      }
      onClose()
    },
  })
  const toggle = () =>
    provider &&
    send(changeProvider(clinic, provider, { active: !provider.active })).then(kept => {
      const back = () => send(changeProvider(clinic, kept, { active: !kept.active }))
      tell(t(kept.active ? 'inUseAgain' : 'outOfUse', { name: kept.name }), back)
      onClose()
    }, regret)
  return (
    <SheetForm
      title={provider?.name ?? t('addProvider')}
      form={form}
      onClose={onClose}
      start={
        provider && (
          <Button variant={provider.active ? 'destructive' : 'outline'} onClick={toggle}>
            {provider.active ? t('deactivate') : t('activate')}
          </Button>
        )
      }
    >
      <div className="grid grid-cols-[6rem_minmax(0,1fr)] gap-3">
        <Field {...form.field('title')} label={t('title')} defaultValue={provider?.title ?? ''} dir="auto" autoComplete="off" />
        <Field
          {...form.field('name')}
          label={t('providerName')}
          defaultValue={provider?.name}
          required
          autoFocus
          dir="auto"
          autoComplete="off"
        />
      </div>
      <Field
        {...form.field('operatory_id')}
        label={t('usualOperatory')}
        hint={t('usualOperatoryHint')}
        defaultValue={provider?.operatory_id ?? ''}
        choices={[['', t('none')], ...operatories.filter(one => one.active).map((one): [string, string] => [one.id, one.name])]}
      />
      {mayLink && members && (
        <Field
          {...form.field('member_id')}
          label={t('worksAs')}
          hint={t('worksAsHint')}
          defaultValue={provider?.member_id ?? ''}
          choices={[['', t('noMember')], ...members.map((one): [string, string] => [one.id, `${one.name} · ${one.email}`])]}
        />
      )}
      <Field
        {...form.field('npi')}
        label={t('npi')}
        hint={t('npiHint')}
        defaultValue={provider?.npi ?? ''}
        dir="ltr"
        inputMode="numeric"
        autoComplete="off"
      />
      <section className="grid gap-2 border-t pt-4">
        <h3 className="font-medium text-sm">{t('hours')}</h3>
        <Check label={t('followsClinic')} checked={!own} onChange={event => setOwn(!event.target.checked)} />
        {own && <WeeklyEditor weekly={weekly} onChange={setWeekly} error={form.errors.weekly} />}
      </section>
      {provider && <Overrides provider={provider} pending={otherDay} />}
    </SheetForm>
  )
}
