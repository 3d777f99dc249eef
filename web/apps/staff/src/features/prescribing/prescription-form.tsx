import type { Patient, Prescription } from '@chairside/api'
import { Button, Check, Field, Kbd, TextArea } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Star } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { resourcesQuery } from '@/features/scheduling'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { FormTrouble, type Given, useForm, useMetWords } from '@/lib/form'
import { createOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { type Facts, FORMS, type Form, factsOf, favouriteOf, unitOf } from './model'
import { readPrescription, warningsQuery } from './queries'
import { Warnings } from './warnings'
import {
  addFavourite,
  cancelPrescription,
  changePrescription,
  draftPrescription,
  issuePrescription,
  removeFavourite,
} from './writes'

type Props = {
  patient: Patient
  start: Facts
  /** A draft that is gone on with. */
  opened?: Prescription
  onIssued: (one: Prescription) => void
  onClose: () => void
}
const number = (text: string) => (text === '' ? null : Number(text))

/** One prescription that is being written. Mod+Enter issues it; what speaks against it stands above. */
export function PrescriptionForm({ patient, start, opened, onIssued, onClose }: Props) {
  const t = useTranslations('prescribing')
  const states = useTranslations('states')
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  const met = useMetWords()
  const providers = useQuery(resourcesQuery(clinic)).data?.providers ?? []
  const [drug, setDrug] = useState(start.drug)
  const [asked, askOf] = useState(start.drug.trim())
  const [kind, setKind] = useState<Form>(start.form)
  const going = useRef<'issue' | 'keep'>('issue')
  const draft = useRef(opened)
  const over = useRef(opened && overOf(opened))
  useEffect(() => {
    const timer = setTimeout(() => askOf(drug.trim()), 250)
    return () => clearTimeout(timer)
  }, [drug])
  const found = useQuery(warningsQuery(clinic, patient.id, asked)).data
  const severe = !!found?.warnings.some(one => one.severity === 'severe')

  function overOf(one: Prescription) {
    return createOver<Prescription, Facts>({
      opened: one,
      factsOf,
      read: async () => (await readPrescription(clinic, patient.id, one.id)) as Prescription,
      write: (changes, version) => send(changePrescription(clinic, { ...one, version }, changes)),
    })
  }
  const given = ({ text, has }: Given): Facts => ({
    drug: text('drug'),
    form: text('form') as Form,
    strength: text('strength'),
    dose: text('dose'),
    times_a_day: number(text('times_a_day')),
    days: number(text('days')),
    directions: text('directions') || null,
    quantity: Number(text('quantity')),
    refills: Number(text('refills') || 0),
    generic_allowed: has('generic_allowed'),
    provider_id: text('provider_id'),
  })
  const form = useForm({
    check: ({ text }) => ({
      directions: text('times_a_day') || text('directions') ? undefined : t('howMissing'),
      override_reason: going.current === 'issue' && severe && !text('override_reason') ? t('reasonMissing') : undefined,
    }),
    async save(values) {
      const facts = given(values)
      const before = draft.current
      if (!before) {
        draft.current = await send(draftPrescription(clinic, patient.id, facts))
        over.current = overOf(draft.current)
      } else {
        const { kept, theirs } = (await over.current?.(facts)) ?? {}
        if (theirs) {
          const names = Object.keys(theirs) as (keyof Facts)[]
          return form.setTrouble(met(names.map(name => [t(`fields.${name}`), String(theirs[name] ?? '')])))
        }
        if (kept) draft.current = kept
      }
      const one = draft.current
      if (!one) return
      if (going.current === 'issue') {
        const issued = await send(issuePrescription(clinic, one, values.text('override_reason') || null))
        tell(t('did.issued', { drug: issued.drug }))
        return onIssued(issued)
      }
      const back = before ? undefined : () => send(cancelPrescription(clinic, one, t('undone')))
      tell(t('did.kept', { drug: one.drug }), back)
      onClose()
    },
  })
  const submit = (what: 'issue' | 'keep') => {
    going.current = what
    void form.submit().then(() => {
      going.current = 'issue'
    })
  }
  const favour = () => {
    if (!form.props.ref.current) return
    const values = new FormData(form.props.ref.current)
    const text = (name: string) => String(values.get(name) ?? '').trim()
    const facts = favouriteOf(given({ text, has: name => values.get(name) === 'on' }))
    void send(addFavourite(clinic, facts)).then(
      one => tell(t('did.favourite', { drug: one.drug }), () => send(removeFavourite(clinic, one.id))),
      regret,
    )
  }
  const providerChoices = providers
    .filter(one => one.active || one.id === start.provider_id)
    .map((one): [string, string] => [one.id, one.name])
  const unit = unitOf(kind)
  return (
    <form {...form.props} aria-label={t('form')} className="grid gap-4 rounded-lg border bg-card p-4">
      <FormTrouble form={form} />
      {found && <Warnings found={found} drug={asked} />}
      {severe && !found?.controlled && (
        <Field
          {...form.field('override_reason')}
          label={t('overrideReason')}
          hint={t('overrideAbout')}
          autoFocus
          maxLength={200}
          dir="auto"
        />
      )}
      <div className="grid grid-cols-6 gap-x-4 gap-y-3">
        <Field
          {...form.field('drug')}
          label={t('fields.drug')}
          required
          maxLength={200}
          dir="auto"
          className="col-span-3 max-sm:col-span-full"
          defaultValue={start.drug}
          onChange={event => setDrug(event.currentTarget.value)}
        />
        <Field
          {...form.field('strength')}
          label={t('fields.strength')}
          maxLength={60}
          dir="auto"
          className="max-sm:col-span-3"
          defaultValue={start.strength}
        />
        <Field
          {...form.field('form')}
          label={t('fields.form')}
          className="col-span-2 max-sm:col-span-3"
          value={kind}
          onChange={event => setKind(event.target.value as Form)}
          choices={FORMS.map((one): [string, string] => [one, t(`forms.${one}`)])}
        />
        <Field
          {...form.field('dose')}
          label={t('fields.dose')}
          required
          maxLength={60}
          dir="auto"
          autoFocus={!start.dose}
          className="col-span-2 max-sm:col-span-full"
          defaultValue={start.dose}
        />
        <Field
          {...form.field('times_a_day')}
          label={t('fields.times_a_day')}
          type="number"
          min={1}
          max={12}
          dir="ltr"
          className="col-span-2 max-sm:col-span-3"
          defaultValue={start.times_a_day ?? ''}
        />
        <Field
          {...form.field('days')}
          label={t('fields.days')}
          type="number"
          min={1}
          max={90}
          dir="ltr"
          className="col-span-2 max-sm:col-span-3"
          defaultValue={start.days ?? ''}
        />
        <Field
          {...form.field('quantity')}
          label={t('fields.quantity')}
          hint={t(`units.${unit}`)}
          type="number"
          required
          min={1}
          max={500}
          dir="ltr"
          className="col-span-2 max-sm:col-span-3"
          defaultValue={start.quantity || ''}
        />
        <Field
          {...form.field('refills')}
          label={t('fields.refills')}
          type="number"
          min={0}
          max={11}
          dir="ltr"
          className="col-span-2 max-sm:col-span-3"
          defaultValue={start.refills}
        />
        <Field
          key={providerChoices.length}
          {...form.field('provider_id')}
          label={t('fields.provider_id')}
          required
          className="col-span-2 max-sm:col-span-full"
          defaultValue={start.provider_id}
          choices={[['', t('chooseProvider')], ...providerChoices]}
        />
        <TextArea
          {...form.field('directions')}
          label={t('fields.directions')}
          rows={2}
          maxLength={500}
          className="col-span-full"
          defaultValue={start.directions ?? ''}
        />
        <Check
          name="generic_allowed"
          label={t('fields.generic_allowed')}
          defaultChecked={start.generic_allowed}
          className="col-span-full"
        />
      </div>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" disabled={form.busy || found?.controlled}>
          {t('issue')} <Kbd keys="Mod+Enter" />
        </Button>
        <Button variant="outline" disabled={form.busy || found?.controlled} onClick={() => submit('keep')}>
          {t('keepDraft')}
        </Button>
        <Button variant="ghost" onClick={favour}>
          <Star aria-hidden /> {t('favour')}
        </Button>
        <Button variant="ghost" className="ms-auto" onClick={onClose}>
          {states('close')}
        </Button>
      </div>
    </form>
  )
}
