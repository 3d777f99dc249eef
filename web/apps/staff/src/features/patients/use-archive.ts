import { change, type Patient } from '@chairside/api'
import { notify } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { nameOf } from './queries'

const PATH = '/clinics/{clinic}/patients/{patient_id}/archival'

/** Puts a patient away or brings them back; either can be undone at once. */
export function useArchive() {
  const t = useTranslations('patients')
  const undo = useTranslations('shell')('undo')
  const clinic = useSlug()
  const regret = useRegret()

  async function put(patient: Patient, away: boolean, offer = true) {
    const rest = {
      params: { clinic, patient_id: patient.id },
      version: patient.version,
      thing: patient.id,
      touches: ['patients'],
    }
    try {
      await send(away ? change('post', PATH, rest) : change('delete', PATH, rest))
      notify({
        tone: 'ok',
        title: t(away ? 'didArchive' : 'didRestore', { name: nameOf(patient) }),
        offers: offer ? [{ label: undo, keys: 'Z', run: () => void put(patient, !away, false) }] : [],
      })
    } catch (error) {
      regret(error)
    }
  }
  return { archive: (patient: Patient) => put(patient, true), restore: (patient: Patient) => put(patient, false) }
}
