import { change, type Duplicate } from '@chairside/api'
import { Button, Kbd } from '@chairside/ui'
import { useNavigate } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { drafts } from '@/lib/drafts'
import { FormTrouble, useForm } from '@/lib/form'
import { queryClient, send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { useDraft, useDraftPlace } from '@/lib/use-draft'
import { Duplicates } from './duplicates'
import { Kept } from './kept'
import { type ContactRow, patientOf } from './model'
import { PatientFields, rowsOf } from './patient-fields'
import { duplicatesQuery, nameOf, useDuplicates } from './queries'

type More = { rows: ContactRow[]; guarantor: string | null }

/** A registration that was begun is gone on with: of the name that was asked for, or else the one typed last. */
export function RegisterScreen({ name = '' }: { name?: string }) {
  return <Register key={name} name={name} />
}

function Register({ name }: { name: string }) {
  const kind = useDraftPlace('register')
  const [place] = useState(() => [...kind, name || (drafts.latest(kind) ?? '')])
  const [round, count] = useState(0)
  return (
    <RegisterForm
      key={round}
      place={place}
      name={name}
      onBeginAnew={() => {
        drafts.drop(place)
        count(round + 1)
      }}
    />
  )
}

/**
 * The server checks; its errors come back by JSON pointer, and each goes to the field it points at.
 * Nothing is sent before it is known whether somebody like this is there already: who was born on the same day is asked about.
 */
function RegisterForm({ place, name, onBeginAnew }: { place: string[]; name: string; onBeginAnew: () => void }) {
  const t = useTranslations('patients')
  const tell = useTell()
  const clinic = useSlug()
  const navigate = useNavigate()
  const [found] = useState(() => drafts.of(place))
  const kept = found?.more as More | undefined
  const [rows, setRows] = useState(() => kept?.rows ?? rowsOf())
  const [guarantor, setGuarantor] = useState(kept?.guarantor ?? null)
  const [first = '', ...rest] = name.trim().split(/\s+/)
  const [begun] = useState<Record<string, string>>(found?.values ?? { first_name: first, last_name: rest.join(' ') })
  const [typed, setTyped] = useState<Typed>(() => ({
    first_name: begun.first_name ?? '',
    last_name: begun.last_name ?? '',
    birth_date: dayOf(begun.birth_date),
  }))
  const contacts = rows.filter(row => row.value.trim().length > 5).map(({ type, value }) => ({ type, value: value.trim() }))
  const named = typed.first_name.trim().length > 1 && typed.last_name.trim().length > 1
  const likeness = named ? { ...typed, birth_date: typed.birth_date || null, contacts } : undefined
  const noticed = useDuplicates(likeness)
  const [asked, ask] = useState<{ about: string; found: Duplicate[] }>()
  const asking = asked?.about === personOf(typed) ? asked : undefined
  const alike = asking?.found ?? noticed
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (asked) list.current?.focus()
  }, [asked])
  const form = useForm({
    async save({ text }) {
      const body = patientOf(text, rows, guarantor)
      if (likeness?.birth_date && !asking) {
        // Without an answer the server still decides about the registration itself.
        const known = await queryClient.fetchQuery(duplicatesQuery(clinic, likeness)).catch(() => [])
        if (known.some(one => one.birth_date === likeness.birth_date)) return ask({ about: personOf(typed), found: known })
      }
      const patient = await send(
        change('post', '/clinics/{clinic}/patients', { params: { clinic }, body, touches: ['patients'] }),
      )
      draft.drop()
      // A record of a patient is never deleted: it is put away.
      const rest = {
        params: { clinic, patient_id: patient.id },
        version: patient.version,
        thing: patient.id,
        touches: ['patients'],
      }
      const back = () => send(change('post', '/clinics/{clinic}/patients/{patient_id}/archival', rest))
      // Said on the patient's page: said before it is there, it asks for keys that the form would take for words.
      await navigate({ to: '/c/$clinic/patients/$patient', params: { clinic, patient: patient.id } })
      tell(t('registered', { name: nameOf(patient) }), back)
    },
  })
  const draft = useDraft({ place, form: form.props.ref, found, more: { rows, guarantor } satisfies More })
  return (
    <div className="h-full overflow-y-auto">
      <title>{t('registerTitle')}</title>
      <form
        {...form.props}
        onInput={(event: FormEvent<HTMLFormElement>) => {
          form.props.onInput(event)
          draft.onInput(event)
          const field = event.target as HTMLInputElement
          if (field.name === 'first_name' || field.name === 'last_name') setTyped(old => ({ ...old, [field.name]: field.value }))
        }}
        className="mx-auto grid max-w-2xl grid-cols-2 gap-x-4 gap-y-5 px-6 py-8 max-sm:grid-cols-1 max-sm:px-4"
      >
        <div className="col-span-full grid gap-1">
          <h1 className="font-semibold text-2xl tracking-tight rtl:tracking-normal">{t('registerTitle')}</h1>
          <p className="text-muted-foreground">{t('registerAbout')}</p>
        </div>
        {found && <Kept onBeginAnew={onBeginAnew} />}
        <FormTrouble form={form} className="col-span-full" />
        <Duplicates found={alike} list={list} />
        <PatientFields
          form={form}
          typed={begun}
          rows={rows}
          onRows={setRows}
          guarantor={guarantor}
          onGuarantor={setGuarantor}
          onBirthDate={birth_date => setTyped(old => ({ ...old, birth_date }))}
        />
        <div className="sticky bottom-0 col-span-full -mx-1 flex flex-wrap items-center justify-end gap-3 border-t bg-background px-1 py-3">
          {alike.length > 0 && (
            <Button variant="ghost" className="me-auto" onClick={() => list.current?.focus()}>
              <TriangleAlert aria-hidden /> {t('alike', { count: alike.length })}
            </Button>
          )}
          <Button type="submit" disabled={form.busy} className="h-9 px-4">
            {form.busy ? t('saving') : asking ? t('saveAnyway') : t('save')}
            <Kbd keys="Mod+Enter" />
          </Button>
        </div>
      </form>
    </div>
  )
}

type Typed = { first_name: string; last_name: string; birth_date: string }
const personOf = ({ first_name, last_name, birth_date }: Typed) => [first_name.trim(), last_name.trim(), birth_date].join('\n')
const dayOf = (given = '') => (/^\d{4}-\d\d-\d\d$/.test(given) ? given : '')
