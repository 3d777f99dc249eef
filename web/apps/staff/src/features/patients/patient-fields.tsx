import type { Patient } from '@chairside/api'
import { Field, TextArea } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import type { useForm } from '@/lib/form'
import { ContactRows } from './contact-rows'
import { DateField } from './date-field'
import { ADDRESS, type ContactRow } from './model'
import { PatientPicker } from './patient-picker'
import { nameOf, patientQuery } from './queries'

type Props = {
  form: Pick<ReturnType<typeof useForm>, 'field' | 'errors'>
  patient?: Patient
  /** What stands in the fields instead of what the register knows. */
  typed?: Record<string, string>
  rows: ContactRow[]
  onRows: (rows: ContactRow[]) => void
  guarantor: string | null
  onGuarantor: (id: string | null) => void
  onBirthDate?: (day: string) => void
}

/** Everything that the register knows of a patient; used to register and to change. */
export function PatientFields({ form, patient, typed, rows, onRows, guarantor, onGuarantor, onBirthDate }: Props) {
  const t = useTranslations('patients')
  const { field, errors } = form
  const clinic = useSlug()
  const payer = useQuery({ ...patientQuery(clinic, guarantor ?? ''), enabled: !!guarantor }).data
  const filled = rows.filter(row => row.value.trim())
  const contactError = (index: number) => {
    const sent = filled.indexOf(rows[index] as ContactRow)
    return sent < 0 ? undefined : (errors[`contacts/${sent}/value`] ?? errors[`contacts/${sent}`])
  }
  const first = (name: string, known: string | null | undefined) => typed?.[name] ?? known ?? ''
  const words = { dir: 'auto', autoComplete: 'off' } as const
  return (
    <>
      <Field
        {...field('first_name')}
        {...words}
        label={t('firstName')}
        defaultValue={first('first_name', patient?.first_name)}
        required
        autoFocus={!patient}
      />
      <Field
        {...field('last_name')}
        {...words}
        label={t('lastName')}
        defaultValue={first('last_name', patient?.last_name)}
        required
      />
      <DateField
        {...field('birth_date')}
        label={t('birthDate')}
        value={first('birth_date', patient?.birth_date) || null}
        onChange={onBirthDate}
        required
      />
      <Field
        {...field('sex')}
        label={t('sex')}
        defaultValue={first('sex', patient?.sex ?? 'unknown')}
        choices={(['female', 'male', 'other', 'unknown'] as const).map(sex => [sex, t(sex)])}
      />
      <ContactRows rows={rows} onChange={onRows} errorOf={contactError} />
      <Field
        {...field('middle_name')}
        {...words}
        label={t('middleName')}
        defaultValue={first('middle_name', patient?.middle_name)}
      />
      <Field
        {...field('preferred_name')}
        {...words}
        label={t('preferredName')}
        defaultValue={first('preferred_name', patient?.preferred_name)}
      />
      <fieldset className="col-span-full grid grid-cols-6 gap-x-4 gap-y-3">
        <legend className="mb-2 font-medium text-sm">{t('address')}</legend>
        {ADDRESS.map(name => (
          <Field
            key={name}
            {...field(`address/${name}`)}
            {...words}
            label={t(`addressParts.${name}`)}
            defaultValue={first(`address/${name}`, patient?.address?.[name])}
            className={`${name.startsWith('line') ? 'col-span-3' : name === 'city' || name === 'region' ? 'col-span-2' : 'col-span-1'} max-sm:col-span-full`}
          />
        ))}
      </fieldset>
      <PatientPicker
        label={t('guarantor')}
        hint={t('guarantorHint')}
        value={guarantor}
        shown={payer && nameOf(payer)}
        not={patient?.id}
        error={errors.guarantor_id}
        onChange={onGuarantor}
        className="col-span-full"
      />
      <TextArea
        {...field('note')}
        label={t('note')}
        defaultValue={first('note', patient?.note)}
        maxLength={10_000}
        className="col-span-full"
      />
    </>
  )
}

/** Rows for the contacts that there are; for somebody new, the two that most people have. */
export const rowsOf = (patient?: Patient): ContactRow[] =>
  patient
    ? patient.contacts.map(contact => ({ ...contact, type: contact.type as ContactRow['type'], key: crypto.randomUUID() }))
    : (['mobile', 'email'] as const).map(type => ({
        key: type,
        type,
        value: '',
        is_primary: type === 'mobile',
        safe_for_voicemail: false,
      }))
