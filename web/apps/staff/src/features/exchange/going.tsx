import type { Import } from '@chairside/api'
import { Banner } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { ProgressBar } from './progress-bar'

/** A large file is looked at by the worker. */
export function Looking({ one }: { one: Import }) {
  const t = useTranslations('imports')
  return (
    <div className="grid max-w-xl gap-3">
      <p className="font-medium">{t('looking')}</p>
      <ProgressBar label={t('looking')} />
      <p className="text-muted-foreground text-sm">{t('mayLeave')}</p>
      <Away one={one} />
    </div>
  )
}

/** Rows go in. The page may be left: nothing depends on it. */
export function Running({ one }: { one: Import }) {
  const t = useTranslations('imports')
  const { done, total } = one.progress
  return (
    <div className="grid max-w-xl gap-3">
      <p className="flex items-baseline justify-between gap-4 font-medium">
        {one.worker === 'queued' ? t('queued') : t('running')}
        <bdi dir="ltr" className="font-normal text-muted-foreground text-sm">
          {done} / {total}
        </bdi>
      </p>
      <ProgressBar label={t('running')} part={total ? done / total : 0} />
      <p className="text-muted-foreground text-sm">{t('mayLeave')}</p>
      <Away one={one} />
    </div>
  )
}

const Away = ({ one }: { one: Import }) => {
  const t = useTranslations('imports')
  return one.worker === 'away' ? (
    <Banner tone="warn" title={t('away')}>
      <p>{t('awayAbout')}</p>
    </Banner>
  ) : null
}
