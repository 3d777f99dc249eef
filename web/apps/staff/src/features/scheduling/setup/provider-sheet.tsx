import type { Provider, Weekly } from '@chairside/api'
import { Button, Check, Field, notify } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { SheetForm } from '@/shell/sheet-form'
import { resourcesQuery } from '../queries'
import { Overrides } from './overrides'
import { hoursQuery } from './queries'
import { DAYS, overlapping, USUAL } from './weekly'
import { WeeklyEditor } from './weekly-editor'
import { addProvider, changeProvider, setProviderHours } from './writes'

/** `is_default`: nobody has set hours for this provider, who follows the clinic. */
type Week = { weekly: Weekly; is_default: boolean; version: number }

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
  const clinic = useSlug()
  const regret = useRegret()
  const operatories = useQuery(resourcesQuery(clinic)).data?.operatories ?? []
  const clinicWeek = useQuery(hoursQuery(clinic)).data?.weekly
  const [own, setOwn] = useState(!week.is_default)
  const [weekly, setWeekly] = useState<Weekly>(week.is_default ? (clinicWeek ?? week.weekly) : week.weekly)
  const form = useForm({
    check: () => ({ weekly: own && DAYS.some(day => overlapping((weekly[day] ?? []) as never)) ? t('overlap') : undefined }),
    async save({ text }) {
      const facts = {
        name: text('name'),
        title: text('title') || null,
        npi: text('npi') || null,
        operatory_id: text('operatory_id') || null,
      }
      const id = provider?.id ?? (await send(addProvider(clinic, facts))).id
      const person = provider ? await over(facts) : {}
      const hours = await overWeek({ weekly: own ? weekly : null }, id)
      const theirs: [string, string | null | undefined][] = []
      if (person.theirs) {
        const { name, title, npi, operatory_id } = person.theirs
        if (name !== undefined) theirs.push([t('providerName'), name])
        if (title !== undefined) theirs.push([t('title'), title])
        if (npi !== undefined) theirs.push([t('npi'), npi])
        if (operatory_id !== undefined)
          theirs.push([t('usualOperatory'), operatories.find(one => one.id === operatory_id)?.name ?? t('none')])
      }
      if (hours.theirs) theirs.push([t('hours'), hours.theirs.weekly ? said(hours.theirs.weekly) : t('followsClinic')])
      if (theirs.length) return form.setTrouble(met(theirs))
      notify({ tone: 'ok', title: t('kept', { name: facts.name }) })
      onClose()
    },
  })
  const toggle = () =>
    provider &&
    send(changeProvider(clinic, provider, { active: !provider.active })).then(kept => {
      notify({ tone: 'ok', title: t(kept.active ? 'inUseAgain' : 'outOfUse', { name: kept.name }) })
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
      {provider && <Overrides provider={provider} />}
    </SheetForm>
  )
}
