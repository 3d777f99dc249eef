import { change, type Patient } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { nameOf } from './queries'

const PATH = '/clinics/{clinic}/patients/{patient_id}/archival'

/** Puts a patient away or brings them back; either can be undone at once. */
export function useArchive() {
  const t = useTranslations('patients')
  const tell = useTell()
  const clinic = useSlug()
  const regret = useRegret()

  async function put(patient: Patient, away: boolean) {
    const rest = {
      params: { clinic, patient_id: patient.id },
      version: patient.version,
      thing: patient.id,
      touches: ['patients'],
    }
    try {
      await send(away ? change('post', PATH, rest) : change('delete', PATH, rest))
      const title = t(away ? 'didArchive' : 'didRestore', { name: nameOf(patient) })
      tell(title, () => send(away ? change('delete', PATH, rest) : change('post', PATH, rest)))
    } catch (error) {
      regret(error)
    }
  }
  return { archive: (patient: Patient) => put(patient, true), restore: (patient: Patient) => put(patient, false) }
}
