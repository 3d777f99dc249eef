import { change, type Patient } from '@chairside/api'
import { Button, Kbd, notify } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMay, useSlug } from '@/lib/clinic'
import { drafts } from '@/lib/drafts'
import { FormTrouble, useForm } from '@/lib/form'
import { changesOf, meet } from '@/lib/meet'
import { isStale } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { useDraft, useDraftPlace } from '@/lib/use-draft'
import { ConflictDialog } from './conflict-dialog'
import { Kept } from './kept'
import { type ContactRow, factsOf, type PatientFacts, patientOf } from './model'
import { PatientFields, rowsOf } from './patient-fields'
import { nameOf, patientQuery } from './queries'

type More = { rows: ContactRow[]; guarantor: string | null; opened: Patient }

/**
 * The whole record, to change. It keeps the version that was opened, whoever else writes meanwhile; what was changed and not
 * saved is still there when somebody comes back, with the version that it was typed over.
 */
export function DetailsSection({ patient }: { patient: Patient }) {
  const place = [...useDraftPlace('details'), patient.id]
  const found = drafts.of(place)
  const [opened, open] = useState((found?.more as More | undefined)?.opened ?? patient)
  const [round, count] = useState(0)
  const anew = (from: Patient) => {
    drafts.drop(place)
    open(from)
    count(before => before + 1)
  }
  return <DetailsForm key={round} place={place} opened={opened} onSaved={anew} onBeginAnew={() => anew(patient)} />
}

type Meeting = { conflicts: (keyof PatientFacts)[]; mine: Partial<PatientFacts>; rest: Partial<PatientFacts>; theirs: Patient }

type FormProps = { place: string[]; opened: Patient; onSaved: (patient: Patient) => void; onBeginAnew: () => void }

function DetailsForm({ place, opened, onSaved, onBeginAnew }: FormProps) {
  const t = useTranslations('patients')
  const clinic = useSlug()
  const client = useQueryClient()
  const tell = useTell()
  const mayWrite = useMay('patients.write')
  // As it was when the form was opened: a refetch must not move the ground under what is being typed.
  const before = opened
  const [found] = useState(() => drafts.of(place))
  const kept = found?.more as More | undefined
  const [rows, setRows] = useState(() => kept?.rows ?? rowsOf(before))
  const [guarantor, setGuarantor] = useState(kept ? kept.guarantor : before.guarantor_id)
  const [meeting, setMeeting] = useState<Meeting>()

  const patched = (body: Partial<PatientFacts>, version: number) =>
    change('patch', '/clinics/{clinic}/patients/{patient_id}', {
      ...{ params: { clinic, patient_id: before.id }, body, version, thing: before.id },
      touches: ['patients', 'schedule'],
    })

  /** Over the record as it is known to be. */
  async function write(body: Partial<PatientFacts>, over: Patient) {
    const was = factsOf(over)
    const patient = await send(patched(body, over.version))
    client.setQueryData(patientQuery(clinic, before.id).queryKey, patient)
    const back = Object.fromEntries((Object.keys(body) as (keyof PatientFacts)[]).map(name => [name, was[name]]))
    tell(t('saved', { name: nameOf(patient) }), async () => {
      const restored = await send(patched(back, patient.version))
      client.setQueryData(patientQuery(clinic, before.id).queryKey, restored)
      // Whoever has typed again meanwhile is not interrupted.
      if (!drafts.of(place)) onSaved(restored)
    })
    setMeeting(undefined)
    onSaved(patient)
  }

  /** Somebody else was faster. What does not meet goes together; the rest is asked about. */
  async function reconcile(mine: Partial<PatientFacts>) {
    const theirs = await client.fetchQuery({ ...patientQuery(clinic, before.id), staleTime: 0 })
    const { conflicts, rest } = meet(factsOf(before), mine, factsOf(theirs))
    if (conflicts.length) setMeeting({ conflicts, mine, rest, theirs })
    else await write(rest, theirs)
  }

  const form = useForm({
    async save({ text }) {
      const mine = changesOf(factsOf(before), patientOf(text, rows, guarantor))
      if (Object.keys(mine).length === 0) {
        draft.drop()
        return notify({ tone: 'ok', title: t('nothingChanged') })
      }
      try {
        await write(mine, before)
      } catch (error) {
        if (!isStale(error)) throw error
        await reconcile(mine)
      }
    },
  })
  const draft = useDraft({ place, form: form.props.ref, found, more: { rows, guarantor, opened } satisfies More })
  return (
    <>
      <form
        {...form.props}
        onInput={event => {
          form.props.onInput(event)
          draft.onInput(event)
        }}
        className="max-w-3xl p-6 max-sm:p-4"
      >
        <fieldset disabled={!mayWrite} className="grid grid-cols-2 gap-x-4 gap-y-5 max-sm:grid-cols-1">
          <legend className="sr-only">{t('tabs.details')}</legend>
          {found && <Kept onBeginAnew={onBeginAnew} />}
          <FormTrouble form={form} className="col-span-full" />
          <PatientFields
            form={form}
            patient={before}
            typed={found?.values}
            rows={rows}
            onRows={setRows}
            guarantor={guarantor}
            onGuarantor={setGuarantor}
          />
          {mayWrite && (
            <div className="sticky bottom-0 col-span-full -mx-1 flex justify-end border-t bg-background px-1 py-3">
              <Button type="submit" disabled={form.busy} className="h-9 px-4">
                {form.busy ? t('saving') : t('saveChanges')}
                <Kbd keys="Mod+Enter" />
              </Button>
            </div>
          )}
        </fieldset>
      </form>
      {meeting && (
        <ConflictDialog
          {...meeting}
          onClose={() => setMeeting(undefined)}
          onDecide={async kept => {
            try {
              await write({ ...meeting.rest, ...kept }, meeting.theirs)
            } catch (error) {
              if (!isStale(error)) throw error
              await reconcile(meeting.mine)
            }
          }}
        />
      )}
    </>
  )
}
