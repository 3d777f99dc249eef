import { Link } from '@tanstack/react-router'
import { ShieldAlert } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'

export default function FactorBanner({ from }: { from: string }) {
  const t = useTranslations('security')
  const clinic = useSlug()
  const { dayOf } = useWriting()
  return (
    <p className="flex items-center gap-3 bg-warn-soft px-3 py-2 text-sm text-warn">
      <ShieldAlert aria-hidden className="size-4 shrink-0" />
      <span className="me-auto min-w-0">{t('factorSoon', { day: dayOf(from, { day: 'numeric', month: 'long' }) })}</span>
      <Link
        to="/c/$clinic/account/security"
        params={{ clinic }}
        className="inline-flex shrink-0 items-center font-medium underline underline-offset-4"
      >
        {t('addFactor')}
      </Link>
    </p>
  )
}
