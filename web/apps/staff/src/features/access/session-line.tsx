import type { MemberSession } from '@chairside/api'
import { Badge, Button } from '@chairside/ui'
import { Lock, Monitor, ShieldCheck, Smartphone, Tablet } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { deviceOf } from '@/lib/agent'
import { useDeviceWords } from './use-device-words'
import { useWhen } from './use-when'

const ICONS = { phone: Smartphone, tablet: Tablet, computer: Monitor }

/** One place where somebody is signed in: at what, from where, how they proved it, since when. */
export function SessionLine({ session, onEnd }: { session: MemberSession; onEnd?: () => void }) {
  const t = useTranslations('access')
  const words = useDeviceWords()
  const when = useWhen()
  const device = words(session.agent)
  const Icon = ICONS[deviceOf(session.agent).kind]
  return (
    <li className="flex items-start gap-3 border-t px-4 py-2.5 first:border-t-0">
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0 text-muted-foreground" />
      <div className="grid min-w-0 flex-1 gap-0.5 wrap-anywhere">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <bdi className="font-medium" title={session.agent ?? undefined}>
            {device}
          </bdi>
          {session.current && <Badge>{t('thisOne')}</Badge>}
          {session.locked && (
            <Badge>
              <Lock aria-hidden /> {t('locked')}
            </Badge>
          )}
          <Proof session={session} />
        </p>
        <p className="text-muted-foreground text-xs">
          {session.ip && (
            <>
              <bdi dir="ltr">{session.ip}</bdi>
              {' · '}
            </>
          )}
          {t('since', { when: when(session.created_at) })}
          {' · '}
          {t('lastUsed', { when: when(session.seen_at) })}
        </p>
      </div>
      {onEnd && (
        <Button size="sm" variant="outline" aria-label={t('endOf', { device, name: session.name })} onClick={onEnd}>
          {t('end')}
        </Button>
      )}
    </li>
  )
}

function Proof({ session }: { session: MemberSession }) {
  const t = useTranslations('access')
  if (session.second_factor)
    return (
      <Badge>
        <ShieldCheck aria-hidden /> {t(session.proved_by === 'passkey' ? 'byPasskey' : 'byFactor')}
      </Badge>
    )
  return <span className="text-muted-foreground text-xs">{t(session.proved_by === 'password' ? 'byPassword' : 'byOther')}</span>
}
