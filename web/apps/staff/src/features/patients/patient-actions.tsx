import type { Patient } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Menu, MenuItem } from '@chairside/ui'
import { Link, useNavigate } from '@tanstack/react-router'
import { Archive, ArchiveRestore, CalendarPlus, Ellipsis, Merge, Printer } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMay, useSlug } from '@/lib/clinic'
import { useArchive } from './use-archive'

const MergeDialog = lazy(() => import('./merging/merge-dialog'))

/** What can be done with the patient as a whole. */
export function PatientActions({ patient }: { patient: Patient }) {
  const t = useTranslations('patients')
  const shell = useTranslations('shell')
  const words = useTranslations('merging')
  const clinic = useSlug()
  const navigate = useNavigate()
  const mayArchive = useMay('patients.archive')
  const mayMerge = useMay('patients.merge')
  const mayRead = useMay('charting.read', 'notes.read')
  const [merging, merge] = useState(false)
  const mayBook = useMay('scheduling.book', 'scheduling.book_own')
  const { archive, restore } = useArchive()
  const group = shell('groups.patient')
  const away = patient.archived_at
    ? { id: 'restore', label: t('restore'), icon: <ArchiveRestore />, run: () => void restore(patient) }
    : { id: 'archive', label: t('archive'), icon: <Archive />, run: () => void archive(patient) }
  const join = { id: 'merge-duplicate', label: words('command'), icon: <Merge />, run: () => merge(true) }
  const copy = {
    id: 'print-record',
    label: t('record'),
    icon: <Printer />,
    run: () => navigate({ to: '/c/$clinic/patients/$patient/record', params: { clinic, patient: patient.id } }),
  }
  const book = () => navigate({ to: '/c/$clinic/schedule', params: { clinic }, search: { patient: patient.id } })
  useCommands([
    ...(mayBook ? [{ id: 'book-patient', group, label: t('bookVisit'), icon: <CalendarPlus />, run: book }] : []),
    ...(mayRead ? [{ ...copy, group }] : []),
    ...(mayMerge ? [{ ...join, group }] : []),
    ...(mayArchive ? [{ ...away, group }] : []),
  ])
  return (
    <div className="flex items-center gap-2">
      {mayBook && !patient.archived_at && (
        <Button asChild variant="outline">
          <Link to="/c/$clinic/schedule" params={{ clinic }} search={{ patient: patient.id }}>
            <CalendarPlus aria-hidden /> {t('bookVisit')}
          </Link>
        </Button>
      )}
      {(mayArchive || mayMerge || mayRead) && (
        <Menu
          label={t('more')}
          trigger={
            <Button variant="ghost" size="icon" aria-label={t('more')}>
              <Ellipsis />
            </Button>
          }
        >
          {mayRead && (
            <MenuItem onSelect={copy.run}>
              {copy.icon} {copy.label}
            </MenuItem>
          )}
          {mayMerge && (
            <MenuItem onSelect={join.run}>
              {join.icon} {join.label}
            </MenuItem>
          )}
          {mayArchive && (
            <MenuItem onSelect={away.run}>
              {away.icon} {away.label}
            </MenuItem>
          )}
        </Menu>
      )}
      {merging && (
        <Suspense>
          <MergeDialog patient={patient} onClose={() => merge(false)} />
        </Suspense>
      )}
    </div>
  )
}
