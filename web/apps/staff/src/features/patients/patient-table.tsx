import type { Patient } from '@chairside/api'
import { Badge, cn } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { ageOf, useSlug, useWriting } from '@/lib/clinic'
import { RegisterNumber } from '@/lib/register-number'
import { nameOf } from './queries'

export function PatientTable({ patients, stale }: { patients: Patient[]; stale: boolean }) {
  const t = useTranslations('patients')
  const states = useTranslations('states')
  const clinic = useSlug()
  const writing = useWriting()
  return (
    <table className={cn('w-full text-sm transition-opacity', stale && 'opacity-60')}>
      <caption className="sr-only">{t('title')}</caption>
      <thead className="sticky top-0 z-10 bg-background text-muted-foreground text-xs shadow-[0_1px_var(--border)] *:*:h-9 *:*:px-4 *:*:text-start *:*:font-medium">
        <tr>
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('number')}</th>
          <th scope="col">{t('born')}</th>
          <th scope="col" className="max-md:hidden">
            {t('phone')}
          </th>
          <th scope="col" className="max-lg:hidden">
            {t('contact.email')}
          </th>
        </tr>
      </thead>
      <tbody>
        {patients.map(patient => {
          const phones = patient.contacts.filter(contact => contact.type !== 'email')
          const phone = phones.find(contact => contact.is_primary) ?? phones[0]
          return (
            <tr key={patient.id} className="relative border-b *:h-10 *:px-4 hover:bg-surface">
              <th scope="row" className="text-start font-medium">
                <Link
                  to="/c/$clinic/patients/$patient"
                  params={{ clinic, patient: patient.id }}
                  search={{}}
                  className="after:absolute after:inset-0 hover:underline"
                >
                  <bdi>{nameOf(patient)}</bdi>
                </Link>
                {patient.preferred_name && (
                  <bdi className="ms-1.5 font-normal text-muted-foreground">
                    {states('quoted', { text: patient.preferred_name })}
                  </bdi>
                )}
                {patient.archived_at && <Badge className="ms-2">{t('archived')}</Badge>}
              </th>
              <td>
                <RegisterNumber of={patient} className="text-muted-foreground" />
              </td>
              <td className="whitespace-nowrap">
                {patient.birth_date && (
                  <>
                    {writing.day(patient.birth_date)}{' '}
                    <span className="text-muted-foreground max-sm:hidden">
                      · {t('age', { count: ageOf(patient.birth_date, writing.today) })}
                    </span>
                  </>
                )}
              </td>
              <td className="max-md:hidden">
                <bdi dir="ltr" className="whitespace-nowrap text-muted-foreground">
                  {phone?.value}
                </bdi>
              </td>
              <td className="max-lg:hidden">
                <bdi className="text-muted-foreground">{patient.contacts.find(contact => contact.type === 'email')?.value}</bdi>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
