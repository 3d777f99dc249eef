import type { Waiting } from '@chairside/api'
import { Check, Field, TextArea } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf } from '@/features/patients'
import { type Resources, visitsQuery } from '@/features/scheduling'
import { clock, useSlug, useWriting } from '@/lib/clinic'
import { type Given, useForm, useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { factsOf, PARTS, type WaitingFacts, WEEK } from './model'
import { readWaiting } from './queries'
import { useWishWords } from './use-wish-words'
import { changeWaiting, putOnWaitlist, stopWaiting } from './writes'

const COMING = ['requested', 'scheduled', 'confirmed']
type NewProps = {
  patient: { id: string; name: string }
  resources: Resources
  /** What it was that came to nothing. */
  service?: string | null
  onClose: () => void
}

/** Somebody waits for a time from now on: for one at all, or for an earlier one than a visit that they have. */
export function NewWaitingSheet({ patient, resources, service, onClose }: NewProps) {
  const t = useTranslations('recalls.waitlist')
  const words = useTranslations('recalls')
  const clinic = useSlug()
  const { dayOf, time } = useWriting()
  const tell = useTell()
  const read = useReading(resources)
  const now = clock().toISOString()
  const visits = useQuery(visitsQuery(clinic, patient.id)).data ?? []
  const coming = visits.filter(one => one.starts_at > now && COMING.includes(one.status))
  const [earlier, setEarlier] = useState('')
  const visit = coming.find(one => one.id === earlier)
  const form = useForm({
    async save(given) {
      const made = await send(putOnWaitlist(clinic, { ...read(given), patient_id: patient.id, appointment_id: visit?.id }))
      tell(t('didAdd', { name: patient.name }), () => send(stopWaiting(clinic, made, words('reasons.undone'))))
      onClose()
    },
  })
  return (
    <SheetForm title={t('add')} form={form} onClose={onClose}>
      {coming.length > 0 && (
        <Field
          {...form.field('appointment_id')}
          label={t('earlier')}
          value={earlier}
          onChange={event => setEarlier(event.target.value)}
          choices={[
            ['', t('noVisit')],
            ...coming.map((one): [string, string] => [one.id, `${dayOf(one.starts_at)} · ${time(one.starts_at)}`]),
          ]}
        />
      )}
      <Wishes key={earlier} form={form} resources={resources} facts={{ service_id: visit?.service_id ?? service ?? undefined }} />
    </SheetForm>
  )
}

type ChangeProps = { entry: Waiting; resources: Resources; start?: ReactNode; onClose: () => void }

/** What they wait for, and when they can come. */
export function WaitingSheet({ entry, resources, start, onClose }: ChangeProps) {
  const t = useTranslations('recalls.waitlist')
  const words = useTranslations('recalls')
  const clinic = useSlug()
  const tell = useTell()
  const met = useMetWords()
  const { when } = useWishWords()
  const read = useReading(resources)
  const over = useOver<Waiting, WaitingFacts>({
    opened: entry,
    factsOf,
    read: () => readWaiting(clinic, entry.id),
    write: (body, version) => send(changeWaiting(clinic, { id: entry.id, version }, body)),
  })
  const form = useForm({
    async save(given) {
      const { back, theirs } = await over(read(given))
      if (theirs) {
        const now = { ...entry, ...theirs }
        const service = resources.services.find(one => one.id === now.service_id)?.name
        return form.setTrouble(
          met([
            [t('service'), service],
            [t('heads.when'), when(now).join(' · ')],
            [words('note'), now.note],
          ]),
        )
      }
      tell(t('didChange', { name: nameOf(entry.patient) }), back)
      onClose()
    },
  })
  return (
    <SheetForm title={nameOf(entry.patient)} form={form} onClose={onClose} start={start}>
      <Wishes form={form} resources={resources} facts={factsOf(entry)} />
    </SheetForm>
  )
}

type WishesProps = { form: ReturnType<typeof useForm>; resources: Resources; facts: Partial<WaitingFacts> }

function Wishes({ form, resources, facts }: WishesProps) {
  const t = useTranslations('recalls.waitlist')
  const words = useTranslations('recalls')
  const { dayName } = useWishWords()
  const services = resources.services.filter(one => one.active || one.id === facts.service_id)
  const providers = resources.providers.filter(one => (one.active && !one.assists) || facts.provider_ids?.includes(one.id))
  return (
    <>
      <Field
        {...form.field('service_id')}
        label={t('service')}
        defaultValue={facts.service_id ?? services[0]?.id}
        choices={services.map((one): [string, string] => [one.id, one.name])}
      />
      <Check
        name="urgent"
        label={t('urgent')}
        hint={t('urgentHint')}
        defaultChecked={facts.urgent}
        className="pointer-coarse:min-h-11"
      />
      {providers.length > 1 && (
        <Several legend={t('withWhom')} hint={t('anybody')}>
          {providers.map(one => (
            <One key={one.id} name={`provider/${one.id}`} label={one.name} chosen={facts.provider_ids?.includes(one.id)} />
          ))}
        </Several>
      )}
      <Several legend={t('days')} hint={t('anyDay')}>
        {WEEK.map(day => (
          <One key={day} name={`day/${day}`} label={dayName(day, 'long')} chosen={facts.weekdays?.includes(day)} />
        ))}
      </Several>
      <Several legend={t('partsOf')} hint={t('anyPart')}>
        {PARTS.map(part => (
          <One key={part} name={`part/${part}`} label={t(`parts.${part}`)} chosen={facts.parts?.includes(part)} />
        ))}
      </Several>
      <div className="grid grid-cols-2 items-start gap-4 max-sm:grid-cols-1">
        <Field {...form.field('from_on')} type="date" label={t('fromOn')} defaultValue={facts.from_on ?? ''} />
        <Field {...form.field('until_on')} type="date" label={t('untilOn')} defaultValue={facts.until_on ?? ''} />
        <Field
          {...form.field('notice_hours')}
          type="number"
          inputMode="numeric"
          dir="ltr"
          min={0}
          max={720}
          label={t('notice')}
          hint={t('noticeHint')}
          defaultValue={facts.notice_hours ?? 0}
        />
        <Field
          {...form.field('expires_on')}
          type="date"
          label={t('expiresOn')}
          hint={t('expiresHint')}
          defaultValue={facts.expires_on ?? ''}
        />
      </div>
      <TextArea {...form.field('note')} label={words('note')} defaultValue={facts.note ?? ''} maxLength={2000} />
    </>
  )
}

const Several = ({ legend, hint, children }: { legend: string; hint: string; children: ReactNode }) => (
  <fieldset className="grid gap-1.5">
    <legend className="pb-1.5 font-medium text-sm">
      {legend} <span className="font-normal text-muted-foreground text-xs">{hint}</span>
    </legend>
    <div className="flex flex-wrap gap-x-4 gap-y-1.5">{children}</div>
  </fieldset>
)

const One = ({ name, label, chosen }: { name: string; label: string; chosen?: boolean }) => (
  <Check name={name} label={label} defaultChecked={chosen} className="pointer-coarse:min-h-11" />
)

function useReading({ providers }: Resources) {
  return ({ text, has }: Given): WaitingFacts => ({
    service_id: text('service_id'),
    provider_ids: providers.filter(one => has(`provider/${one.id}`)).map(one => one.id),
    weekdays: WEEK.filter(day => has(`day/${day}`)),
    parts: PARTS.filter(part => has(`part/${part}`)),
    from_on: text('from_on') || null,
    until_on: text('until_on') || null,
    notice_hours: /^\d+$/.test(text('notice_hours')) ? Number(text('notice_hours')) : 0,
    urgent: has('urgent'),
    expires_on: text('expires_on') || null,
    note: text('note') || null,
  })
}
