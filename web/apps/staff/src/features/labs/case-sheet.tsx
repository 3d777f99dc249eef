import type { LabCase, NewLabCase } from '@chairside/api'
import { Field, TextArea } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTeeth } from '@/features/charting/use-teeth'
import { resourcesQuery, visitsQuery } from '@/features/scheduling'
import { useSlug, useWriting } from '@/lib/clinic'
import { useForm, useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useSession } from '@/lib/session'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { WORKS } from './model'
import { laboratoriesQuery, readCase } from './queries'
import { changeCase, planCase, takeStep } from './writes'

type Facts = Required<NewLabCase>
const factsOf = (one: LabCase): Facts => ({
  laboratory_id: one.laboratory_id,
  provider_id: one.provider_id,
  appointment_id: one.appointment_id,
  work: one.work,
  teeth: one.teeth,
  shade: one.shade,
  material: one.material,
  instructions: one.instructions,
  due_on: one.due_on,
})

/** What is ordered from a laboratory, by when, and for which visit. */
export function CaseSheet({ patient, one, onClose }: { patient: string; one?: LabCase; onClose: () => void }) {
  const t = useTranslations('labs')
  const clinic = useSlug()
  const writing = useWriting()
  const tell = useTell()
  const met = useMetWords()
  const { principal } = useSession()
  const laboratories = useQuery(laboratoriesQuery(clinic)).data
  const providers = useQuery(resourcesQuery(clinic)).data?.providers
  const visits = useQuery(visitsQuery(clinic, patient)).data
  const working = laboratories?.filter(lab => lab.active || lab.id === one?.laboratory_id) ?? []
  const [lab, setLab] = useState(one?.laboratory_id ?? '')
  const [visit, setVisit] = useState(one?.appointment_id ?? '')
  const [due, setDue] = useState<string>(one?.due_on ?? '')
  const chosen = lab || working[0]?.id || ''
  const usual = working.find(each => each.id === chosen)?.usual_days ?? 10
  const day = due || writing.today.add({ days: usual }).toString()
  const coming = visits?.filter(each => each.id === one?.appointment_id || ['scheduled', 'confirmed'].includes(each.status)) ?? []
  const at = coming.find(each => each.id === visit)
  const late = at && day > writing.dateOf(at.starts_at)
  const over = useOver({
    opened: one ?? ({} as LabCase),
    factsOf,
    read: async () => (await readCase(clinic, patient, one?.id ?? '')) as LabCase,
    write: (changes, version) => send(changeCase(clinic, { id: one?.id ?? '', patient_id: patient, version }, changes)),
  })
  const teeth = useTeeth()
  const form = useForm({
    check: ({ text }) => ({ teeth: teeth.read(text('teeth')).trouble }),
    fieldOf: problem => problem.pointer.split('/')[1] ?? '',
    async save({ text }) {
      const facts: Facts = {
        laboratory_id: chosen,
        provider_id: text('provider_id'),
        appointment_id: visit || null,
        work: text('work') as Facts['work'],
        teeth: teeth.read(text('teeth')).teeth,
        shade: text('shade') || null,
        material: text('material') || null,
        instructions: text('instructions') || null,
        due_on: day,
      }
      if (!one) {
        const made = await send(planCase(clinic, patient, facts))
        tell(t('did.planned', { work: t(`works.${made.work}`) }), () => send(takeStep(clinic, made, 'cancelled', t('undone'))))
        return onClose()
      }
      const { kept, back, theirs } = await over(facts)
      if (theirs) {
        const names = Object.keys(theirs) as (keyof Facts)[]
        return form.setTrouble(met(names.map(name => [t(`fields.${name}`), String(theirs[name] ?? '')])))
      }
      if (kept) tell(t('did.changed', { work: t(`works.${kept.work}`) }), back)
      onClose()
    },
  })
  const own = providers?.find(each => each.member_id === principal.id)?.id
  return (
    <SheetForm title={t(one ? 'changeCase' : 'newCase')} form={form} onClose={onClose}>
      <Field
        {...form.field('work')}
        label={t('fields.work')}
        defaultValue={one?.work ?? 'crown'}
        choices={WORKS.map((work): [string, string] => [work, t(`works.${work}`)])}
      />
      <div className="grid grid-cols-3 gap-4">
        <Field
          {...form.field('teeth')}
          label={t('fields.teeth')}
          hint={t('teethHint', { example: teeth.example })}
          dir="ltr"
          autoFocus
          defaultValue={one && teeth.written(one.teeth)}
        />
        <Field {...form.field('shade')} label={t('fields.shade')} maxLength={100} dir="auto" defaultValue={one?.shade ?? ''} />
        <Field
          {...form.field('material')}
          label={t('fields.material')}
          maxLength={100}
          dir="auto"
          defaultValue={one?.material ?? ''}
        />
      </div>
      <TextArea
        {...form.field('instructions')}
        label={t('fields.instructions')}
        rows={4}
        maxLength={2000}
        defaultValue={one?.instructions ?? ''}
      />
      <Field
        {...form.field('laboratory_id')}
        label={t('fields.laboratory_id')}
        hint={working.length === 0 ? t('noLaboratories') : t('usually', { count: usual })}
        required
        value={chosen}
        onChange={event => setLab(event.target.value)}
        choices={[
          ...(working.length === 0 ? [['', t('choose')] as [string, string]] : []),
          ...working.map((each): [string, string] => [each.id, each.name]),
        ]}
      />
      <Field
        key={`${providers?.length}`}
        {...form.field('provider_id')}
        label={t('fields.provider_id')}
        required
        defaultValue={one?.provider_id ?? own ?? providers?.[0]?.id ?? ''}
        choices={(providers ?? []).map((each): [string, string] => [each.id, each.name])}
      />
      <Field
        {...form.field('appointment_id')}
        label={t('fields.appointment_id')}
        value={visit}
        onChange={event => setVisit(event.target.value)}
        choices={[
          ['', t('noVisit')],
          ...coming.map((each): [string, string] => [
            each.id,
            `${writing.dayOf(each.starts_at)} ${writing.time(each.starts_at)}`,
          ]),
        ]}
      />
      <Field
        {...form.field('due_on')}
        label={t('fields.due_on')}
        type="date"
        required
        dir="ltr"
        value={day}
        onChange={event => setDue(event.target.value)}
      />
      {late && <p className="font-medium text-sm text-warn">{t('trouble.due_after_visit')}</p>}
    </SheetForm>
  )
}
