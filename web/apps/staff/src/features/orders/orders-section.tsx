import type { Patient } from '@chairside/api'
import { PatientCases } from '@/features/labs/patient-cases'
import { PrescriptionsPart } from '@/features/prescribing/prescriptions-part'
import { useMay } from '@/lib/clinic'

/** What is ordered for a patient: from the pharmacy, and from the laboratory. */
export function OrdersSection({ patient }: { patient: Patient }) {
  const mayPrescriptions = useMay('prescribing.read')
  const mayCases = useMay('labs.track')
  return (
    <div className="grid max-w-4xl gap-8 p-6 max-sm:p-4">
      {mayPrescriptions && <PrescriptionsPart patient={patient} />}
      {mayCases && <PatientCases patient={patient} />}
    </div>
  )
}
