import { Refused } from '@chairside/api'
import { Button, Empty, Failure, Loading, NoPermission, notify } from '@chairside/ui'
import { WifiOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFailureWords, useRefusalWords } from './problem-words'

/** What the screens need; a message's name has no dot. */
const NAMED = [
  ...([
    'scheduling_read',
    'patients_read',
    'patients_register',
    'recalls_read',
    'messages_read',
    'billing_read',
    'billing_close_day',
  ] as const),
  ...(['clinic_read', 'clinic_write', 'members_read', 'imports_run', 'audit_read', 'reports_day'] as const),
]
type Asked<T> = { data: T | undefined; error: Error | null; fetchStatus?: 'fetching' | 'paused' | 'idle'; refetch: () => unknown }

/** What every screen shows while it waits, when it may not, and when it could not. */
export function Answer<T>({
  to,
  loading,
  compact,
  children,
}: {
  to: Asked<T>
  loading?: ReactNode
  compact?: boolean
  children: (data: T) => ReactNode
}) {
  const t = useTranslations('states')
  if (to.data !== undefined) return children(to.data)
  if (to.fetchStatus === 'paused') return <Empty icon={WifiOff} title={t('offline')} about={t('offlineAbout')} />
  if (to.error)
    return compact ? (
      <SmallTrouble error={to.error} retry={() => to.refetch()} />
    ) : (
      <Trouble error={to.error} retry={() => to.refetch()} />
    )
  return loading ?? <Loading label={t('loading')} rows={compact ? 1 : 6} />
}

/** The same inside a card: one line and the way to try again. */
function SmallTrouble({ error, retry }: { error: Error; retry: () => void }) {
  const t = useTranslations('states')
  const words = useRefusalWords()
  const problem = error instanceof Refused ? error.problem : undefined
  return (
    <div role="alert" className="flex items-center gap-3 px-4 py-3 text-muted-foreground text-sm">
      <span className="me-auto">
        <bdi>{problem?.status === 403 ? t('forbidden') : problem ? words(problem) : t('failed')}</bdi>
      </span>
      {problem?.status !== 403 && (
        <Button size="sm" variant="outline" onClick={retry}>
          {t('retry')}
        </Button>
      )}
    </div>
  )
}

/** In the place of what a role does not include: what it would take, and who can give it. */
export function NotYours({ needs }: { needs?: unknown }) {
  const t = useTranslations('states')
  const name = NAMED.find(name => name === String(needs).replace('.', '_'))
  const about = name ? t('forbiddenWhat', { what: t(`permissions.${name}`) }) : t('forbiddenAbout')
  return <NoPermission title={t('forbidden')} about={about} />
}

export function Trouble({ error, retry }: { error: Error; retry: () => void }) {
  const t = useTranslations('states')
  const words = useRefusalWords()
  const problem = error instanceof Refused ? error.problem : undefined
  if (problem?.code === 'Suspended') return <NoPermission title={t('suspended')} about={t('suspendedAbout')} />
  if (problem?.status === 403) return <NotYours needs={problem.facts?.permission} />
  if (problem?.status === 404) return <Empty title={t('missing')} about={t('missingAbout')} />
  return (
    <Failure
      title={t('failed')}
      about={problem ? words(problem) : t('failedAbout')}
      requestId={problem?.request_id ?? (error.message.length === 32 ? error.message : undefined)}
      requestLabel={t('request')}
      retry={t('retry')}
      onRetry={retry}
    />
  )
}

/** For a write that failed in a way no screen has a better answer to. */
export function useRegret() {
  const t = useTranslations('states')
  const words = useFailureWords()
  return (error: unknown) => notify({ tone: 'danger', title: t('notSaved'), about: words(error) })
}
