import type { ProgramKey } from '@chairside/api'
import { Badge, Button } from '@chairside/ui'
import { KeyRound, Plus } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { useNow } from '@/lib/screen'
import { daysLeft, stateOf } from './keys'
import { useWhen } from './use-when'

type Props = { keys: ProgramKey[]; onAdd?: () => void; onRevoke?: (key: ProgramKey) => void }

/** The keys of a program, the newest first; those that were revoked or ran out stay to be seen for a while. */
export function KeyLines({ keys, onAdd, onRevoke }: Props) {
  const t = useTranslations('access')
  return (
    <section className="grid gap-2">
      <div className="flex items-center justify-between gap-3">
        <h3 className="font-medium text-sm">{t('keys')}</h3>
        {onAdd && (
          <Button size="sm" variant="outline" onClick={onAdd}>
            <Plus aria-hidden /> {t('addKey')}
          </Button>
        )}
      </div>
      <ul className="rounded-lg border text-sm">
        {keys.map(one => (
          <KeyLine key={one.id} one={one} onRevoke={onRevoke && !one.revoked_at ? () => onRevoke(one) : undefined} />
        ))}
      </ul>
      {onAdd && <p className="text-muted-foreground text-xs">{t('rotation')}</p>}
    </section>
  )
}

function KeyLine({ one, onRevoke }: { one: ProgramKey; onRevoke?: () => void }) {
  const t = useTranslations('access')
  const when = useWhen()
  return (
    <li className="flex items-start gap-3 border-t px-3 py-2.5 first:border-t-0">
      <KeyRound aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <div className="grid min-w-0 flex-1 gap-0.5">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <bdi dir="ltr" className="font-medium">
            …{one.hint}
          </bdi>
          <KeyBadge one={one} />
        </p>
        <p className="text-muted-foreground text-xs">
          {t('keyMade', { when: when(one.created_at) })}
          {' · '}
          {one.last_used_at ? t('keyUsed', { when: when(one.last_used_at) }) : t('keyUnused')}
        </p>
      </div>
      {onRevoke && (
        <Button size="sm" variant="outline" aria-label={t('revokeKeyOf', { hint: one.hint })} onClick={onRevoke}>
          {t('revokeKey')}
        </Button>
      )}
    </li>
  )
}

/** Whether it is good, and for how long. */
function KeyBadge({ one }: { one: ProgramKey }) {
  const t = useTranslations('access')
  const { dayOf } = useWriting()
  const now = useNow()
  if (one.revoked_at) return <Badge>{t('keyRevoked', { day: dayOf(one.revoked_at) })}</Badge>
  if (one.expires_at === null) return <span className="text-muted-foreground text-xs">{t('keyForever')}</span>
  const state = stateOf(one, now)
  if (state === 'expired') return <Badge tone="danger">{t('keyExpired', { day: dayOf(one.expires_at) })}</Badge>
  if (state === 'soon') return <Badge tone="warn">{t('keyRunsOut', { days: daysLeft(one.expires_at, now) })}</Badge>
  return <span className="text-muted-foreground text-xs">{t('keyUntil', { day: dayOf(one.expires_at) })}</span>
}
