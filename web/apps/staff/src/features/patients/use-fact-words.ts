import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { ADDRESS, type PatientFacts } from './model'

const NAMES = {
  first_name: 'firstName',
  middle_name: 'middleName',
  last_name: 'lastName',
  preferred_name: 'preferredName',
  birth_date: 'birthDate',
  sex: 'sex',
  note: 'note',
  address: 'address',
  guarantor_id: 'guarantor',
  contacts: 'contacts',
} as const satisfies Record<keyof PatientFacts, string>

/** A patient's facts in words, to be compared by a person. */
export function useFactWords() {
  const t = useTranslations('patients')
  const writing = useWriting()
  return {
    name: (fact: keyof PatientFacts) => t(NAMES[fact]),
    value(fact: keyof PatientFacts, value: PatientFacts[keyof PatientFacts] | undefined): string {
      if (value === null || value === undefined || value === '') return t('blank')
      if (fact === 'sex') return t(value as 'female')
      if (fact === 'birth_date') return writing.day(value as string)
      if (fact === 'guarantor_id') return t('anotherPatient')
      if (Array.isArray(value))
        return value.map(one => `${one.value}${one.safe_for_voicemail ? ` (${t('voicemail')})` : ''}`).join('\n') || t('blank')
      if (typeof value === 'object') return ADDRESS.flatMap(part => value[part] || []).join('\n')
      return value
    },
  }
}
