import type { Patient } from '@chairside/api'
import { notify } from '@chairside/ui'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { nameOf } from '../queries'

/** From a record that was merged to the one that stays: whoever follows an old link is told, and is there. True on the way. */
export function useWayOn(patient: Patient | undefined): boolean {
  const t = useTranslations('merging')
  const clinic = useSlug()
  const navigate = useNavigate()
  const into = patient?.merged_into_id
  useEffect(() => {
    if (!into || !patient) return
    notify({ tone: 'ok', title: t('wayOn', { name: nameOf(patient), number: patient.register_number }) })
    void navigate({ to: '/c/$clinic/patients/$patient', params: { clinic, patient: into }, search: kept => kept, replace: true })
  }, [into])
  return !!into
}
