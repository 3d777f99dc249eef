import type { Address, Contact, NewPatient, Patient } from '@chairside/api'

export type ContactRow = Pick<Contact, 'type' | 'value'> & { key: string; is_primary: boolean; safe_for_voicemail: boolean }
export type Given = (name: string) => string

export const ADDRESS = ['line1', 'line2', 'city', 'region', 'postal_code', 'country'] as const

/** What the server is asked to keep, from what the form holds. Rows left empty are not sent. */
export function patientOf(given: Given, rows: ContactRow[], guarantor_id: string | null) {
  const text = (name: string) => given(name) || null
  const address = Object.fromEntries(ADDRESS.map(name => [name, text(`address/${name}`)])) as Address
  const filled = rows.filter(row => row.value.trim())
  const first = filled.findIndex(row => row.is_primary)
  return {
    first_name: given('first_name'),
    middle_name: text('middle_name'),
    last_name: given('last_name'),
    preferred_name: text('preferred_name'),
    birth_date: given('birth_date'),
    sex: given('sex') as NonNullable<NewPatient['sex']>,
    note: text('note'),
    address: Object.values(address).some(Boolean) ? address : null,
    guarantor_id,
    contacts: filled.map(({ type, value, safe_for_voicemail }, index) => ({
      type,
      value: value.trim(),
      is_primary: index === Math.max(0, first),
      safe_for_voicemail: safe_for_voicemail && type !== 'email',
    })),
  }
}
export type PatientFacts = ReturnType<typeof patientOf>

/** The same facts as the server has them, to compare with. */
export function factsOf(patient: Patient): PatientFacts {
  const { first_name, middle_name, last_name, preferred_name, birth_date, sex, note, guarantor_id, contacts, address } = patient
  const known = Object.fromEntries(ADDRESS.map(name => [name, address?.[name] ?? null])) as Address
  return {
    first_name,
    middle_name,
    last_name,
    preferred_name,
    birth_date: birth_date ?? '',
    sex: sex as PatientFacts['sex'],
    note,
    address: Object.values(known).some(Boolean) ? known : null,
    guarantor_id,
    contacts: contacts.map(({ type, value, is_primary, safe_for_voicemail }) => ({
      type: type as Contact['type'],
      value,
      is_primary,
      safe_for_voicemail,
    })),
  }
}
