import type { Patient } from '@chairside/api'
import { Avatar, Badge } from '@chairside/ui'
import { Archive, Phone } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { ageOf, useSlug, useWriting } from '@/lib/clinic'
import { sawPatient } from '@/lib/recent'
import { nameOf } from './queries'

/** Stays in sight on every tab: the guard against the wrong chart. */
export function PatientHeader({ patient, children }: { patient: Patient; children?: ReactNode }) {
  const t = useTranslations('patients')
  const states = useTranslations('states')
  const writing = useWriting()
  const clinic = useSlug()
  useEffect(() => sawPatient(clinic, patient), [clinic, patient])
  const phones = patient.contacts.filter(contact => contact.type !== 'email')
  const phone = phones.find(contact => contact.is_primary) ?? phones[0]
  return (
    <header className="flex flex-wrap items-center gap-x-4 gap-y-3 px-6 pt-5 pb-4 max-sm:px-4">
      <Avatar name={nameOf(patient)} className="size-12 text-lg max-sm:hidden" />
      <div className="me-auto grid min-w-0 gap-0.5 wrap-anywhere">
        <div className="flex flex-wrap items-center gap-x-2.5 gap-y-1">
          <h1 className="font-semibold text-xl tracking-tight rtl:tracking-normal">
            <bdi>{nameOf(patient)}</bdi>
          </h1>
          {patient.preferred_name && (
            <span dir="auto" className="text-muted-foreground">
              {states('quoted', { text: patient.preferred_name })}
            </span>
          )}
          {patient.archived_at && (
            <Badge>
              <Archive aria-hidden /> {t('archived')}
            </Badge>
          )}
        </div>
        <p className="flex flex-wrap items-center gap-x-2 text-muted-foreground text-sm">
          {patient.birth_date && (
            <>
              <span className="font-medium text-foreground">{t('age', { count: ageOf(patient.birth_date, writing.today) })}</span>
              <bdi>{writing.day(patient.birth_date)}</bdi>
            </>
          )}
          {patient.sex !== 'unknown' && <span>{t(patient.sex as 'male')}</span>}
          <bdi>#{patient.register_number}</bdi>
          {phone && (
            <span className="inline-flex items-center gap-1">
              <Phone aria-hidden className="size-3.5" />
              <bdi dir="ltr">{phone.value}</bdi>
            </span>
          )}
        </p>
      </div>
      {children}
    </header>
  )
}
