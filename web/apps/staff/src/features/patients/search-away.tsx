import { WifiOff } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useOnline } from '@/lib/screen'

/** Where a search would show whom it found: it cannot look now, so nobody should be taken for somebody new. */
export function SearchAway() {
  const t = useTranslations('patients')
  const online = useOnline()
  return (
    <p role="status" className="flex items-start gap-2 px-3 py-2 text-muted-foreground text-sm">
      <WifiOff aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      {online ? t('searchFailed') : t('searchOffline')}
    </p>
  )
}
