import type { Patient } from '@chairside/api'
import { Button, Card } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Mail, MapPin, Pencil, Phone, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useMay, useSlug } from '@/lib/clinic'
import { CareTeamCard } from './care-team-card'
import { MergedCard } from './merging/merged-card'
import { ADDRESS } from './model'
import { ProxiesCard } from './proxies/card'
import { familyQuery, nameOf } from './queries'

type Props = { patient: Patient; visits: ReactNode; balance: ReactNode; recalls: ReactNode }

/** Visits and recalls come from scheduling and recalls, the balance from billing, which stand above patients: the route puts them together. */
export function Summary({ patient, visits, balance, recalls }: Props) {
  const t = useTranslations('patients')
  const clinic = useSlug()
  const mayWrite = useMay('patients.write')
  const address = ADDRESS.flatMap(part => patient.address?.[part] || [])
  return (
    <div className="grid max-w-6xl grid-cols-[minmax(0,2fr)_minmax(0,1fr)] items-start gap-4 p-6 max-md:grid-cols-1 max-sm:p-4">
      {visits}
      <div className="grid gap-4 max-md:-order-1">
        {balance}
        {recalls}
        <Card
          title={t('contacts')}
          end={
            mayWrite && (
              <Button asChild size="sm" variant="ghost">
                <Link to="/c/$clinic/patients/$patient" params={{ clinic, patient: patient.id }} search={{ tab: 'details' }}>
                  <Pencil aria-hidden /> {t('edit')}
                </Link>
              </Button>
            )
          }
        >
          <ul className="grid gap-2 px-4 py-3 text-sm">
            {patient.contacts.map(contact => (
              <Line key={`${contact.type} ${contact.value}`} icon={contact.type === 'email' ? <Mail /> : <Phone />}>
                <bdi dir="ltr">{contact.value}</bdi>
                <span className="text-muted-foreground text-xs">
                  {[
                    t(`contact.${contact.type as 'mobile'}`),
                    contact.is_primary && patient.contacts.length > 1 && t('primary'),
                    contact.safe_for_voicemail && t('voicemail'),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </Line>
            ))}
            {address.length > 0 && (
              <Line icon={<MapPin />}>
                <bdi>{address.join(', ')}</bdi>
              </Line>
            )}
            {patient.contacts.length === 0 && <li className="text-muted-foreground">{t('noContacts')}</li>}
          </ul>
        </Card>
        <Family patient={patient} />
        <ProxiesCard patient={patient} />
        <CareTeamCard patient={patient} />
        <MergedCard patient={patient} />
        {patient.note && (
          <Card title={t('note')}>
            <p className="whitespace-pre-wrap px-4 py-3 text-sm">
              <bdi>{patient.note}</bdi>
            </p>
          </Card>
        )}
      </div>
    </div>
  )
}

/** Who pays for whom; nothing for somebody on their own. */
function Family({ patient }: { patient: Patient }) {
  const t = useTranslations('patients')
  const clinic = useSlug()
  const others = useQuery(familyQuery(clinic, patient.id)).data?.filter(one => one.id !== patient.id)
  if (!others?.length) return null
  return (
    <Card title={t('family')}>
      <ul className="grid gap-2 px-4 py-3 text-sm">
        {others.map(one => (
          <Line key={one.id} icon={<Users />}>
            <Link
              to="/c/$clinic/patients/$patient"
              params={{ clinic, patient: one.id }}
              search={{}}
              className="w-fit font-medium underline-offset-4 hover:underline"
            >
              <bdi>{nameOf(one)}</bdi>
            </Link>
            <span className="text-muted-foreground text-xs">
              {one.id === patient.guarantor_id ? t('guarantor') : one.guarantor_id === patient.id ? t('paidFor') : t('relative')}
            </span>
          </Line>
        ))}
      </ul>
    </Card>
  )
}

const Line = ({ icon, children }: { icon: ReactNode; children: ReactNode }) => (
  <li className="grid grid-cols-[16px_minmax(0,1fr)] gap-x-2.5 [&_svg]:mt-0.5 [&_svg]:size-4 [&_svg]:text-muted-foreground">
    <span aria-hidden>{icon}</span>
    <span className="grid justify-items-start">{children}</span>
  </li>
)
