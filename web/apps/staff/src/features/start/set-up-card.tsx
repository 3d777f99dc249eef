import { Button } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { Rocket } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useMay, useSlug } from '@/lib/clinic'
import { STEPS, useSetUp } from './use-set-up'

/** On the schedule while something is missing that it needs. */
export function SetUpCard() {
  const t = useTranslations('start')
  const clinic = useSlug()
  const mayWrite = useMay('clinic.write')
  const setUp = useSetUp().data
  if (!setUp || setUp.complete || !mayWrite) return null
  return (
    <aside aria-label={t('finish')} className="flex flex-wrap items-center gap-3 border-b bg-accent px-4 py-2 text-sm">
      <Rocket aria-hidden className="size-4 shrink-0 text-primary rtl:-scale-x-100" />
      <span className="me-auto">
        <b className="font-semibold">{t('finish')}</b>{' '}
        <span className="text-muted-foreground">{t('progress', { count: setUp.count, all: STEPS.length })}</span>
      </span>
      <Button asChild size="sm">
        <Link to="/c/$clinic/start" params={{ clinic }}>
          {t('go')}
        </Link>
      </Button>
    </aside>
  )
}
