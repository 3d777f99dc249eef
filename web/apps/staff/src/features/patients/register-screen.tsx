import { change } from '@chairside/api'
import { Button, Kbd, notify } from '@chairside/ui'
import { useNavigate } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { Duplicates } from './duplicates'
import { patientOf } from './model'
import { PatientFields, rowsOf } from './patient-fields'
import { nameOf, useDuplicates } from './queries'

/** The server checks; its errors come back by JSON pointer, and each goes to the field it points at. */
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
  const found = useDuplicates(known ? { ...typed, birth_date: typed.birth_date || null, contacts } : undefined)
  const form = useForm({
    async save({ text }) {
      const body = patientOf(text, rows, guarantor)
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
        <Duplicates found={found} />
        <PatientFields
          form={form}
          first={{ first_name: first, last_name: last }}
          rows={rows}
          onRows={setRows}
          guarantor={guarantor}
          onGuarantor={setGuarantor}
          onBirthDate={birth_date => setTyped(old => ({ ...old, birth_date }))}
        />
        <div className="sticky bottom-0 col-span-full -mx-1 flex justify-end border-t bg-background px-1 py-3">
          <Button type="submit" disabled={form.busy} className="h-9 px-4">
            {form.busy ? t('saving') : t('save')}
            <Kbd keys="Mod+Enter" />
          </Button>
        </div>
      </form>
    </div>
  )
}
