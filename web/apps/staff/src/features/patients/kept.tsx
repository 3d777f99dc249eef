import { Banner, Button } from '@chairside/ui'
import { useTranslations } from 'use-intl'

/** Above a form that was left before it was sent: what stands in it was typed then. */
export function Kept({ onBeginAnew }: { onBeginAnew: () => void }) {
  const t = useTranslations('states')
  return (
    <Banner tone="info" title={t('kept')} className="col-span-full">
      <Button size="sm" variant="outline" className="justify-self-start" onClick={onBeginAnew}>
        {t('beginAnew')}
      </Button>
    </Banner>
  )
}
