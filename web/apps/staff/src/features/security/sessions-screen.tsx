import { get, type OpenSession } from '@chairside/api'
import { Badge, Button, notify } from '@chairside/ui'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Laptop, Smartphone } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { AccountPage } from './account-page'
import { Sure } from './sure'
import { useAgentWords, useWhen } from './use-words'
import { endOtherSessions, endSession } from './writes'

export const sessionsQuery = queryOptions({
  queryKey: ['person', 'sessions'],
  queryFn: async () => (await get('/person/sessions')).data?.items ?? [],
})

/** Where one is signed in; what one does not know, one ends. */
export function SessionsScreen() {
  const t = useTranslations('security')
  const agent = useAgentWords()
  const sessions = useQuery(sessionsQuery)
  const [ending, end] = useState<OpenSession | 'others'>()
  const close = () => end(undefined)
  const said = (words: string) => notify({ tone: 'ok', title: words })
  return (
    <AccountPage about={t('sessionsAbout')}>
      <Answer to={sessions}>
        {found => (
          <div className="grid gap-4">
            <ul aria-label={t('parts.sessions')} className="rounded-lg border">
              {[...found]
                .sort((one, other) => Number(other.current) - Number(one.current))
                .map(one => (
                  <Line key={one.id} session={one} onEnd={() => end(one)} />
                ))}
            </ul>
            {found.length > 1 ? (
              <Button variant="outline" className="w-fit" onClick={() => end('others')}>
                {t('endOthers')}
              </Button>
            ) : (
              <p className="text-muted-foreground text-sm">{t('nowhereElse')}</p>
            )}
          </div>
        )}
      </Answer>
      {ending === 'others' && (
        <Sure
          title={t('endOthers')}
          about={t('endOthersAbout')}
          yes={t('endThem')}
          onYes={() => endOtherSessions().then(() => said(t('othersEnded')))}
          onClose={close}
        />
      )}
      {ending && ending !== 'others' && (
        <Sure
          title={t('endOne', { agent: agent(ending.agent) })}
          about={t('endOneAbout')}
          yes={t('endIt')}
          onYes={() => endSession(ending.id).then(() => said(t('oneEnded', { agent: agent(ending.agent) })))}
          onClose={close}
        />
      )}
    </AccountPage>
  )
}

function Line({ session, onEnd }: { session: OpenSession; onEnd: () => void }) {
  const t = useTranslations('security')
  const words = useAgentWords()
  const when = useWhen()
  const { agent, ip, current, locked, second_factor, proved_by, created_at, seen_at } = session
  const Icon = /iPhone|Android/.test(agent ?? '') ? Smartphone : Laptop
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-3 text-sm last:border-b-0">
      <Icon aria-hidden className="size-5 shrink-0 text-muted-foreground" />
      <div className="me-auto grid min-w-0 gap-0.5">
        <span className="flex flex-wrap items-center gap-2">
          <bdi className="font-medium">{words(agent)}</bdi>
          {current && <Badge className="bg-accent text-foreground">{t('thisOne')}</Badge>}
          {locked && <Badge>{t('isLocked')}</Badge>}
        </span>
        <span className="text-muted-foreground text-xs">
          {t(
            proved_by === 'passkey'
              ? 'byPasskey'
              : second_factor
                ? 'byBoth'
                : proved_by === 'password'
                  ? 'byPassword'
                  : 'byProvider',
          )}
          {ip && (
            <>
              {' · '}
              <bdi dir="ltr">{ip}</bdi>
            </>
          )}
        </span>
        <span className="text-muted-foreground text-xs">
          {t('since', { when: when(created_at) })} · {current ? t('usedNow') : t('usedOn', { when: when(seen_at) })}
        </span>
      </div>
      {!current && (
        <Button size="sm" variant="outline" aria-label={t('endOne', { agent: words(agent) })} onClick={onEnd}>
          {t('endIt')}
        </Button>
      )}
    </li>
  )
}
