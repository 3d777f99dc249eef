import type { NewRecallType, RecallType, Service } from '@chairside/api'
import { Button, Check, Field } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { useForm, useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { useIntervalWords } from './chip'
import { IntervalFields } from './interval-fields'
import { isInterval, readInterval } from './model'
import { recallTypesQuery } from './queries'
import { addType, changeType } from './writes'

type Facts = Required<Pick<NewRecallType, 'name' | 'interval' | 'service_ids' | 'duration_minutes'>>
type Props = { type?: RecallType; services: Service[]; onClose: () => void }

/** What it is called, how often, what is booked for it, and what else counts as having come. */
export function RecallTypeSheet({ type, services, onClose }: Props) {
  const t = useTranslations('recalls')
  const setup = useTranslations('setup')
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  const words = useIntervalWords()
  const met = useMetWords()
  const client = useQueryClient()
  const [main, setMain] = useState(type?.service_ids[0] ?? '')
  const shown = services.filter(one => one.active || type?.service_ids.includes(one.id))
  const nameOf = (id: string) => services.find(one => one.id === id)?.name ?? ''
  const over = useOver<RecallType, Facts>({
    opened: type ?? ({} as RecallType),
    factsOf: ({ name, interval, service_ids, duration_minutes }) => ({
      name,
      interval: { every: interval.every, unit: interval.unit },
      service_ids,
      duration_minutes,
    }),
    async read() {
      const all = await client.fetchQuery({ ...recallTypesQuery(clinic), staleTime: 0 })
      return all.find(one => one.id === type?.id) as RecallType
    },
    write: (body, version) => send(changeType(clinic, { id: type?.id ?? '', version }, body)),
  })
  const form = useForm({
    check: ({ text }) => ({
      'interval/every': isInterval(readInterval(text('interval/every'), text('interval/unit'))) ? undefined : t('everyWrong'),
    }),
    async save({ text, has }) {
      const also = shown.filter(one => one.id !== main && has(`also/${one.id}`)).map(one => one.id)
      const facts: Facts = {
        name: text('name'),
        interval: readInterval(text('interval/every'), text('interval/unit')) ?? { every: 6, unit: 'months' },
        service_ids: main ? [main, ...also] : also,
        duration_minutes: Number(text('duration_minutes')) || null,
      }
      if (!type) {
        const made = await send(addType(clinic, facts))
        tell(setup('kept', { name: made.name }), () => send(changeType(clinic, made, { active: false })))
        return onClose()
      }
      const { kept, back, theirs } = await over(facts)
      if (theirs) {
        const said: [string, string][] = []
        if (theirs.name !== undefined) said.push([t('typeName'), theirs.name])
        if (theirs.interval) said.push([t('interval'), words(theirs.interval)])
        if (theirs.service_ids) said.push([t('booked'), theirs.service_ids.map(nameOf).join(', ')])
        if ('duration_minutes' in theirs) said.push([t('minutes'), String(theirs.duration_minutes ?? '')])
        return form.setTrouble(met(said))
      }
      tell(setup('kept', { name: (kept ?? type).name }), back)
      onClose()
    },
  })
  const toggle = () =>
    type &&
    send(changeType(clinic, type, { active: !type.active })).then(kept => {
      tell(setup(kept.active ? 'inUseAgain' : 'outOfUse', { name: kept.name }), () =>
        send(changeType(clinic, kept, { active: !kept.active })),
      )
      onClose()
    }, regret)
  return (
    <SheetForm
      title={type?.name ?? t('addType')}
      form={form}
      onClose={onClose}
      start={
        type && (
          <Button variant={type.active ? 'destructive' : 'outline'} onClick={toggle}>
            {type.active ? setup('deactivate') : setup('activate')}
          </Button>
        )
      }
    >
      <Field
        {...form.field('name')}
        label={t('typeName')}
        defaultValue={type?.name}
        required
        dir="auto"
        autoComplete="off"
        autoFocus
      />
      <IntervalFields form={form} interval={type?.interval ?? { every: 6, unit: 'months' }} required />
      <Field
        {...form.field('service_ids')}
        label={t('booked')}
        hint={t('bookedHint')}
        value={main}
        onChange={event => setMain(event.target.value)}
        choices={[['', t('nothingBooked')], ...shown.map((one): [string, string] => [one.id, one.name])]}
      />
      {shown.length > 1 && (
        <fieldset className="grid gap-2">
          <legend className="pb-2 font-medium text-sm">{t('also')}</legend>
          {shown
            .filter(one => one.id !== main)
            .map(one => (
              <Check
                key={one.id}
                name={`also/${one.id}`}
                label={one.name}
                defaultChecked={type?.service_ids.includes(one.id)}
                className="pointer-coarse:min-h-11"
              />
            ))}
        </fieldset>
      )}
      <Field
        {...form.field('duration_minutes')}
        type="number"
        inputMode="numeric"
        dir="ltr"
        min={5}
        max={720}
        step={5}
        label={t('minutes')}
        hint={t('minutesHint')}
        defaultValue={type?.duration_minutes ?? ''}
        className="w-56"
      />
    </SheetForm>
  )
}
