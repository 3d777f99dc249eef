import type { Duplicate } from '@chairside/api'
import { Banner } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import type { Ref } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { RegisterNumber } from '@/lib/register-number'
import { nameOf } from './queries'

/** People already in the register who look like the one being typed. Opened in a new tab, so that nothing typed is lost. */
export function Duplicates({ found, list }: { found: Duplicate[]; list?: Ref<HTMLDivElement> }) {
  const t = useTranslations('patients')
  const clinic = useSlug()
  const writing = useWriting()
  return (
    <div ref={list} tabIndex={-1} aria-live="polite" className="col-span-full scroll-mt-4 rounded-md empty:hidden">
      {found.length > 0 && (
        <Banner tone="warn" title={t('duplicates', { count: found.length })}>
          <ul className="grid gap-1">
            {found.map(one => (
              <li key={one.id} className="flex flex-wrap items-baseline gap-x-2">
                <Link
                  to="/c/$clinic/patients/$patient"
                  params={{ clinic, patient: one.id }}
                  target="_blank"
                  className="font-semibold underline underline-offset-4"
                >
                  <bdi>{nameOf(one)}</bdi>
                </Link>
                {one.birth_date && <bdi>{writing.day(one.birth_date)}</bdi>}
                <RegisterNumber of={one} />
                {one.contacts[0] && <bdi dir="ltr">{one.contacts[0].value}</bdi>}
                {one.archived_at && <span>({t('archived')})</span>}
              </li>
            ))}
          </ul>
        </Banner>
      )}
    </div>
  )
}
