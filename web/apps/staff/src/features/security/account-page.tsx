import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { Page } from '@/shell/page'

const PARTS = [
  ['/c/$clinic/account', 'you'],
  ['/c/$clinic/account/security', 'security'],
  ['/c/$clinic/account/sessions', 'sessions'],
] as const

/** What somebody changes of themselves: the same wherever they work. */
export function AccountPage({ about, children }: { about: string; children: ReactNode }) {
  const t = useTranslations('security')
  const clinic = useSlug()
  return (
    <Page title={t('account')} about={about} narrow>
      <nav aria-label={t('account')} className="mb-6 flex gap-2 border-b">
        {PARTS.map(([to, word]) => (
          <Link
            key={to}
            to={to}
            params={{ clinic }}
            activeOptions={{ exact: true }}
            className="-mb-px inline-flex h-9 min-w-11 items-center justify-center border-b-2 px-1.5 border-transparent font-medium text-muted-foreground text-sm hover:text-foreground aria-[current=page]:border-primary aria-[current=page]:text-foreground"
          >
            {t(`parts.${word}`)}
          </Link>
        ))}
      </nav>
      {children}
    </Page>
  )
}
