import type { Provider, Weekly, WholeProvider } from '@chairside/api'
import { Button, Check, Combobox, Field } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { membersQuery, useZones } from '@/features/tenancy'
import { Answer, useRegret } from '@/lib/answer'
import { useClinic, useMay, useSlug } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { resourcesQuery } from '../queries'
import { Feeds } from './feeds'
import { Licences } from './licences'
import { OutsideCalendars } from './outside-calendars'
import { Overrides } from './overrides'
import { OwnPicture } from './provider-picture'
import { hoursQuery, providerQuery } from './queries'
import { SignatureSection } from './signature'
import { Travels } from './travels'
import { useOverProvider, type Week } from './use-over-provider'
import { Vacations } from './vacations'
import { DAYS, overlapping, USUAL } from './weekly'
import { WeeklyEditor } from './weekly-editor'
import { addProvider, changeProvider, setProviderHours } from './writes'

/** A provider with their week; other days than usual below. */
export function ProviderSheet({ provider, onClose }: { provider?: Provider; onClose: () => void }) {
  const clinic = useSlug()
  const hours = useQuery({ ...hoursQuery(clinic, provider?.id), enabled: !!provider })
  const whole = useQuery({ ...providerQuery(clinic, provider?.id ?? ''), enabled: !!provider })
  if (!provider) return <ProviderForm week={{ weekly: USUAL, is_default: true, version: 0 }} onClose={onClose} />
  return (
    <Answer to={whole} loading={<span />}>
      {whole => (
        <Answer to={{ ...hours, data: hours.data as Week | undefined }} loading={<span />}>
          {week => <ProviderForm provider={whole} week={week} onClose={onClose} />}
        </Answer>
      )}
    </Answer>
  )
}

/** What stands in the fields of each part. */
function usePending() {
  const [licence, day, vacation, travel, outside] = [
    useRef<Part>(undefined),
    useRef<Part>(undefined),
    useRef<Part>(undefined),
    useRef<Part>(undefined),
    useRef<Part>(undefined),
  ]
  return { licence, day, vacation, travel, outside }
}
type Part = () => Promise<unknown>

function ProviderForm({ provider, week, onClose }: { provider?: WholeProvider; week: Week; onClose: () => void }) {
  const t = useTranslations('setup')
  const zones = useZones()
  const clinicZone = useClinic().timezone
  const [timezone, setTimezone] = useState(provider?.timezone ?? '')
  const tell = useTell()
  const clinic = useSlug()
  const regret = useRegret()
  const operatories = useQuery(resourcesQuery(clinic)).data?.operatories ?? []
  const clinicWeek = useQuery(hoursQuery(clinic)).data?.weekly
  const mayLink = useMay('members.read')
  const members = useQuery({ ...membersQuery(clinic), enabled: mayLink }).data
  const [own, setOwn] = useState(!week.is_default)
  const [weekly, setWeekly] = useState<Weekly>(week.is_default ? (clinicWeek ?? week.weekly) : week.weekly)
  const pending = usePending()
  const { over, overWeek, metOf } = useOverProvider(provider, week, operatories)
  const form = useForm({
    check: () => ({ weekly: own && DAYS.some(day => overlapping((weekly[day] ?? []) as never)) ? t('overlap') : undefined }),
    refused({ problem }) {
      if (problem.code !== 'MemberIsAProvider') return false
      form.setErrors({ member_id: t('memberTaken') })
      return true
    },
    async save({ text, has }) {
      const facts = {
        name: text('name'),
        title: text('title') || null,
        npi: text('npi') || null,
        dea: text('dea').toUpperCase() || null,
        timezone: timezone || null,
        operatory_id: text('operatory_id') || null,
        assists: has('assists'),
        member_id: members ? text('member_id') || null : (provider?.member_id ?? null),
      }
      if (provider) {
        for (const part of Object.values(pending)) await part.current?.()
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
      <Check name="assists" label={t('assists')} hint={t('assistsHint')} defaultChecked={provider?.assists} />
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field
          {...form.field('npi')}
          label={t('npi')}
          hint={t('npiHint')}
          defaultValue={provider?.npi ?? ''}
          dir="ltr"
          inputMode="numeric"
          autoComplete="off"
        />
        <Field
          {...form.field('dea')}
          label={t('dea')}
          hint={t('deaHint')}
          defaultValue={provider?.dea ?? ''}
          dir="ltr"
          spellCheck={false}
          autoComplete="off"
        />
      </div>
      {provider && <Licences provider={provider} pending={pending.licence} />}
      {provider && <SignatureSection provider={provider.id} name={provider.name} />}
      <section className="grid gap-2 border-t pt-4">
        <h3 className="font-medium text-sm">{t('hours')}</h3>
        <Check label={t('followsClinic')} checked={!own} onChange={event => setOwn(!event.target.checked)} />
        <Combobox
          {...form.field('timezone')}
          label={t('zone')}
          hint={t('zoneHint')}
          value={timezone}
          options={[{ value: '', label: t('zoneOf', { zone: clinicZone.replaceAll('_', ' ') }) }, ...zones]}
          shown={timezone.replaceAll('_', ' ')}
          nothing={t('zoneNothing')}
          onChange={setTimezone}
        />
        {own && <WeeklyEditor weekly={weekly} onChange={setWeekly} error={form.errors.weekly} />}
        {provider && <OwnPicture provider={provider.id} weekly={own ? weekly : (clinicWeek ?? week.weekly)} />}
      </section>
      {provider && <Overrides provider={provider} pending={pending.day} />}
      {provider && <Vacations provider={provider} pending={pending.vacation} />}
      {provider && <Travels provider={provider} pending={pending.travel} />}
      {provider && <OutsideCalendars provider={provider.id} pending={pending.outside} />}
      {provider && <Feeds provider={provider.id} />}
    </SheetForm>
  )
}
