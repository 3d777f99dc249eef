import type { NewProxy, Patient, Representative } from '@chairside/api'
import { Check, Field, Segmented, TextArea } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { PatientPicker } from '../patient-picker'
import { ProofFile } from './proof-file'
import { addProxy, changeProxy, type ProxyFacts, revokeProxy } from './writes'

const RELATIONSHIPS = ['parent', 'guardian', 'spouse', 'child', 'relative', 'caregiver', 'attorney', 'other'] as const
const SCOPES = ['schedule', 'message', 'view_clinical', 'view_billing', 'manage'] as const
type Props = { patient: Patient; proxy?: Representative; onClose: () => void }

/** Somebody acts for the patient; of one who does already, everything but who it is. */
export function ProxySheet({ patient, proxy, onClose }: Props) {
  const t = useTranslations('proxies')
  const clinic = useSlug()
  const tell = useTell()
  const { today } = useWriting()
  const [here, setHere] = useState(true)
  const [holder, setHolder] = useState<string | null>(null)
  const outside = proxy ? !proxy.holder_id : !here
  const [scopes, setScopes] = useState<string[]>(proxy?.scopes ?? ['schedule', 'message'])
  const form = useForm({
    check: ({ text }) => ({
      holder_id: !proxy && here && !holder ? t('chooseWho') : undefined,
      scopes: scopes.length === 0 ? t('mayNothing') : undefined,
      ends_on: text('ends_on') && text('ends_on') < text('starts_on') ? t('runsBackward') : undefined,
    }),
    fieldOf: problem => (problem.pointer.startsWith('/scopes') ? 'scopes' : problem.pointer.slice(1)),
    async save({ text, has }) {
      const facts: ProxyFacts = {
        ...(outside && { name: text('name'), phone: text('phone') || null, email: text('email') || null }),
        relationship: text('relationship') as NewProxy['relationship'],
        scopes: SCOPES.filter(one => scopes.includes(one)),
        proof: text('proof') || null,
        starts_on: text('starts_on'),
        ends_on: text('ends_on') || null,
        ends_at_majority: has('ends_at_majority'),
      }
      if (proxy) {
        const now = await send(changeProxy(clinic, proxy, facts))
        const { relationship, proof, starts_on, ends_on, ends_at_majority, name, phone, email } = proxy
        const was = {
          ...(outside && { name, phone, email }), relationship, scopes: proxy.scopes, proof, starts_on, ends_on, ends_at_majority,
        } // biome-ignore format: one thing
        tell(t('didChange', { name: now.name }), () => send(changeProxy(clinic, now, was)))
      } else {
        const made = await send(addProxy(clinic, patient.id, here ? { ...facts, holder_id: holder } : facts))
        tell(t('did', { name: made.name }), () => send(revokeProxy(clinic, made)))
      }
      onClose()
    },
  })
  return (
    <SheetForm title={proxy ? t('edit', { name: proxy.name }) : t('add')} form={form} onClose={onClose}>
      {!proxy && (
        <Segmented
          label={t('who')}
          className="w-fit"
          value={here ? 'here' : 'outside'}
          onChange={next => setHere(next === 'here')}
          choices={[
            { value: 'here', label: t('patient') },
            { value: 'outside', label: t('outsider') },
          ]}
        />
      )}
      {!proxy && here && (
        <PatientPicker {...form.field('holder_id')} label={t('name')} value={holder} not={patient.id} onChange={setHolder} />
      )}
      {outside && (
        <>
          <Field {...form.field('name')} label={t('name')} required maxLength={200} dir="auto" defaultValue={proxy?.name} />
          <Field {...form.field('phone')} label={t('phone')} type="tel" dir="ltr" defaultValue={proxy?.phone ?? ''} />
          <Field {...form.field('email')} label={t('email')} type="email" dir="ltr" defaultValue={proxy?.email ?? ''} />
        </>
      )}
      <Field
        {...form.field('relationship')}
        label={t('relationship')}
        defaultValue={proxy?.relationship ?? 'parent'}
        choices={RELATIONSHIPS.map((one): [string, string] => [one, t(`relationships.${one}`)])}
      />
      <fieldset data-field="scopes" className="grid gap-1.5" aria-describedby={form.errors.scopes && 'scopes-wrong'}>
        <legend className="pb-1.5 font-medium text-sm">{t('may')}</legend>
        {SCOPES.map(one => (
          <Check
            key={one}
            label={t(`scopes.${one}`)}
            checked={scopes.includes(one)}
            onChange={() => setScopes(was => (was.includes(one) ? was.filter(other => other !== one) : [...was, one]))}
          />
        ))}
        {form.errors.scopes && (
          <p id="scopes-wrong" className="text-danger text-sm">
            {form.errors.scopes}
          </p>
        )}
      </fieldset>
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        <Field
          {...form.field('starts_on')}
          type="date"
          label={t('from')}
          required
          defaultValue={proxy?.starts_on ?? today.toString()}
        />
        <Field
          {...form.field('ends_on')}
          type="date"
          label={t('until')}
          hint={t('untilHint')}
          defaultValue={proxy?.ends_on ?? ''}
        />
      </div>
      <Check name="ends_at_majority" label={t('majority')} defaultChecked={proxy?.ends_at_majority ?? false} />
      <TextArea
        {...form.field('proof')}
        label={t('proof')}
        hint={t('proofHint')}
        rows={2}
        maxLength={500}
        defaultValue={proxy?.proof ?? ''}
      />
      {proxy ? <ProofFile proxy={proxy} /> : <p className="text-muted-foreground text-xs">{t('fileLater')}</p>}
    </SheetForm>
  )
}
