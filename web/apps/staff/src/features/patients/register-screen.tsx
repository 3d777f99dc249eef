import { change, type Duplicate } from '@chairside/api'
import { Button, Kbd, notify } from '@chairside/ui'
import { useNavigate } from '@tanstack/react-router'
import { TriangleAlert } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { queryClient, send } from '@/lib/server'
import { Duplicates } from './duplicates'
import { patientOf } from './model'
import { PatientFields, rowsOf } from './patient-fields'
import { duplicatesQuery, nameOf, useDuplicates } from './queries'

/**
 * The server checks; its errors come back by JSON pointer, and each goes to the field it points at.
 * Nothing is sent before it is known whether somebody like this is there already: who was born on the same day is asked about.
 */
export function RegisterScreen({ name }: { name?: string }) {
  const t = useTranslations('patients')
  const clinic = useSlug()
  const navigate = useNavigate()
  const [rows, setRows] = useState(() => rowsOf())
  const [guarantor, setGuarantor] = useState<string | null>(null)
  const [first = '', ...rest] = (name ?? '').trim().split(/\s+/)
  const last = rest.join(' ')
  const [typed, setTyped] = useState({ first_name: first, last_name: last, birth_date: '' })
  const contacts = rows.filter(row => row.value.trim().length > 5).map(({ type, value }) => ({ type, value: value.trim() }))
  const known = typed.first_name.trim().length > 1 && typed.last_name.trim().length > 1
  const likeness = known ? { ...typed, birth_date: typed.birth_date || null, contacts } : undefined
  const noticed = useDuplicates(likeness)
  const [asked, ask] = useState<{ about: string; found: Duplicate[] }>()
  const asking = asked?.about === personOf(typed) ? asked : undefined
  const found = asking?.found ?? noticed
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (asked) list.current?.focus()
  }, [asked])
  const form = useForm({
    async save({ text }) {
      const body = patientOf(text, rows, guarantor)
      if (likeness?.birth_date && !asking) {
        // Without an answer the server still decides about the registration itself.
        const alike = await queryClient.fetchQuery(duplicatesQuery(clinic, likeness)).catch(() => [])
        if (alike.some(one => one.birth_date === likeness.birth_date)) return ask({ about: personOf(typed), found: alike })
      }
      const patient = await send(
        change('post', '/clinics/{clinic}/patients', { params: { clinic }, body, touches: ['patients'] }),
      )
      notify({ tone: 'ok', title: t('registered', { name: nameOf(patient) }) })
      await navigate({ to: '/c/$clinic/patients/$patient', params: { clinic, patient: patient.id } })
    },
  })
  return (
    <div className="h-full overflow-y-auto">
      <title>{t('registerTitle')}</title>
      <form
        {...form.props}
        onInput={(event: FormEvent) => {
          form.props.onInput(event)
          const field = event.target as HTMLInputElement
          if (field.name === 'first_name' || field.name === 'last_name') setTyped(old => ({ ...old, [field.name]: field.value }))
        }}
        className="mx-auto grid max-w-2xl grid-cols-2 gap-x-4 gap-y-5 px-6 py-8 max-sm:grid-cols-1 max-sm:px-4"
      >
        <div className="col-span-full grid gap-1">
          <h1 className="font-semibold text-2xl tracking-tight rtl:tracking-normal">{t('registerTitle')}</h1>
          <p className="text-muted-foreground">{t('registerAbout')}</p>
        </div>
        <FormTrouble form={form} className="col-span-full" />
        <Duplicates found={found} list={list} />
        <PatientFields
          form={form}
          first={{ first_name: first, last_name: last }}
          rows={rows}
          onRows={setRows}
          guarantor={guarantor}
          onGuarantor={setGuarantor}
          onBirthDate={birth_date => setTyped(old => ({ ...old, birth_date }))}
        />
        <div className="sticky bottom-0 col-span-full -mx-1 flex flex-wrap items-center justify-end gap-3 border-t bg-background px-1 py-3">
          {found.length > 0 && (
            <Button variant="ghost" className="me-auto" onClick={() => list.current?.focus()}>
              <TriangleAlert aria-hidden /> {t('alike', { count: found.length })}
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
