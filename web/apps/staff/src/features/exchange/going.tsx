import type { Import } from '@chairside/api'
import { Banner } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
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

/** Rows go in, or patients out again. The page may be left: nothing depends on it. */
export function Running({ one }: { one: Import }) {
  const t = useTranslations('imports')
  const number = new Intl.NumberFormat(useWriting().format)
  const doing = one.status === 'undoing' ? t('undoing') : t('running')
  const { done, total } = one.progress
  return (
    <div className="grid max-w-xl gap-3">
      <p className="flex items-baseline justify-between gap-4 font-medium">
        {one.worker === 'queued' ? t('queued') : doing}
        <bdi dir="ltr" className="font-normal text-muted-foreground text-sm tabular-nums">
          {number.format(done)} / {number.format(total)}
        </bdi>
      </p>
      <ProgressBar label={doing} part={total ? done / total : 0} />
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
