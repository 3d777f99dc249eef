import type { MemberSession } from '@chairside/api'
import { Button, notify } from '@chairside/ui'
import { LogOut } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { ConfirmDialog } from './confirm-dialog'
import { SessionLine } from './session-line'
import { useDeviceWords } from './use-device-words'
import { useWhen } from './use-when'
import { endSession, endSessionsOf } from './writes'

type Props = {
  sessions: MemberSession[]
  me: boolean
  /** Whoever looks may end sessions, but not these. */
  ofOwner: boolean
  mayEnd: boolean
  mayEndAll: boolean
}

/** Wherever one person is signed in. */
export function PersonSessions({ sessions, me, ofOwner, mayEnd, mayEndAll }: Props) {
  const t = useTranslations('access')
  const clinic = useSlug()
  const heading = useId()
  const device = useDeviceWords()
  const when = useWhen()
  const [asked, ask] = useState<MemberSession | 'all'>()
  const [first] = sessions
  if (!first) return null
  const { name, member_id } = first
  const close = () => ask(undefined)
  const ended = (title: string) => notify({ tone: 'ok', title })
  return (
    <section aria-labelledby={heading} className="overflow-hidden rounded-lg border">
      <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b bg-surface py-1 ps-4 pe-2">
        <h2 id={heading} className="me-auto font-medium text-sm">
          <bdi>{me ? t('you', { name }) : name}</bdi>
        </h2>
        {ofOwner && <span className="text-muted-foreground text-xs">{t('ofOwner')}</span>}
        {mayEndAll && (
          <Button size="sm" variant="ghost" aria-label={t('endAllOf', { name })} onClick={() => ask('all')}>
            <LogOut aria-hidden className="rtl:-scale-x-100" /> {t('endAll')}
          </Button>
        )}
      </div>
      <ul className="text-sm">
        {sessions.map(one => (
          <SessionLine key={one.id} session={one} onEnd={mayEnd && !one.current ? () => ask(one) : undefined} />
        ))}
      </ul>
      {asked === 'all' && (
        <ConfirmDialog
          title={t('endAllTitle', { name })}
          confirm={t('endAll')}
          act={() => send(endSessionsOf(clinic, member_id)).then(() => ended(t('endedAll', { name })))}
          onClose={close}
        >
          <p>{t('endAllAbout')}</p>
        </ConfirmDialog>
      )}
      {asked && asked !== 'all' && (
        <ConfirmDialog
          title={t('endTitle', { name })}
          confirm={t('end')}
          act={() => send(endSession(clinic, asked.id)).then(() => ended(t('ended', { name, device: device(asked.agent) })))}
          onClose={close}
        >
          <p className="font-medium">
            <bdi>{device(asked.agent)}</bdi>
          </p>
          <p className="text-muted-foreground">{t('lastUsed', { when: when(asked.seen_at) })}</p>
          <p>{t('endAbout')}</p>
        </ConfirmDialog>
      )}
    </section>
  )
}
