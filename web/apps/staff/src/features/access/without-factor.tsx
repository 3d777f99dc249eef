import { Banner } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ShieldCheck } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { membersQuery } from '@/features/tenancy'
import { useMay, useSlug } from '@/lib/clinic'
import { useSession } from '@/lib/session'

/** Whom a rule would meet: who works here with nothing but a password. */
export function WithoutFactor({ count }: { count: number }) {
  const t = useTranslations('access')
  const clinic = useSlug()
  const me = useSession().principal.id
  const mayName = useMay('members.read')
  const members = useQuery({ ...membersQuery(clinic), enabled: mayName }).data
  const here = members?.filter(one => one.status === 'active')
  const without = here?.filter(one => !one.second_factor)
  const none = without?.length ?? count
  if (none === 0)
    return (
      <p className="flex items-center gap-2 text-ok text-sm">
        <ShieldCheck aria-hidden className="size-4" /> {t('everybodyHas')}
      </p>
    )
  return (
    <Banner tone="warn" title={here ? t('haveNoneOf', { none, all: here.length }) : t('haveNone', { none })}>
      {without && (
        <p>
          {without.map((one, at) => (
            <span key={one.id}>
              {at > 0 && ' · '}
              <bdi>{one.id === me ? t('you', { name: one.name }) : one.name}</bdi>
            </span>
          ))}
        </p>
      )}
      {without?.some(one => one.id === me) && (
        <p>
          <Link to="/c/$clinic/account/security" params={{ clinic }} className="underline underline-offset-2">
            {t('addYours')}
          </Link>
        </p>
      )}
    </Banner>
  )
}
