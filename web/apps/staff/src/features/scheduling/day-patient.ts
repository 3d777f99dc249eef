import type { DayPatient, Patient } from '@chairside/api'
import { nameOf } from '@/features/patients'

/** What the card shows until the server has said the rest. */
export const dayPatient = (patient: Patient): DayPatient => ({
  id: patient.id,
  name: nameOf(patient),
  birth_date: patient.birth_date,
  register_number: patient.register_number,
  phone: null,
  safe_for_voicemail: null,
  alerts: [],
  balance: { amount: 0, currency: '' },
  restricted: false,
})
