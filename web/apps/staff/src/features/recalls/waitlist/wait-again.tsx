import type { Appointment, Patient } from '@chairside/api'
import { Button } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Hourglass } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf } from '@/features/patients'
import { resourcesQuery } from '@/features/scheduling'
import { useMay, useSlug } from '@/lib/clinic'

const NewWaitingSheet = lazy(() => import('./waiting-sheet').then(one => ({ default: one.NewWaitingSheet })))

/** A visit came to nothing: whoever still wants it waits for another time. */
export function WaitAgain({ patient, visit }: { patient: Patient; visit: Appointment }) {
  const t = useTranslations('recalls.waitlist')
  const clinic = useSlug()
  const mayWrite = useMay('recalls.write') && !patient.archived_at
  const resources = useQuery(resourcesQuery(clinic)).data
  const [open, setOpen] = useState(false)
  if (!mayWrite || !resources?.services.some(one => one.id === visit.service_id)) return null
  return (
    <>
      <Button size="sm" variant="ghost" aria-label={t('add')} title={t('add')} onClick={() => setOpen(true)}>
        <Hourglass aria-hidden />
      </Button>
      <Suspense>
        {open && (
          <NewWaitingSheet
            patient={{ id: patient.id, name: nameOf(patient) }}
            resources={resources}
            service={visit.service_id}
            onClose={() => setOpen(false)}
          />
        )}
      </Suspense>
    </>
  )
}
