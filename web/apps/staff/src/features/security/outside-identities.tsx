import { change, get } from '@chairside/api'
import { Button, Card, notify } from '@chairside/ui'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { Link2, Unlink } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { OutsideTold, useOutsideTold } from '@/features/identity'
import { Answer, useRegret } from '@/lib/answer'
import { useWriting } from '@/lib/clinic'
import { deploymentQuery } from '@/lib/deployment'
import { queryClient, send } from '@/lib/server'

const linkedQuery = queryOptions({
  queryKey: ['person', 'outside-identities'],
  queryFn: async () => (await get('/person/outside-identities')).data?.items ?? [],
})
type Linked = Awaited<ReturnType<NonNullable<(typeof linkedQuery)['queryFn']>>>[number]

/** Accounts at providers with which one may sign in here. Where there is no provider, and none was linked, there is nothing to see. */
export function OutsideIdentities() {
  const t = useTranslations('outside')
  const providers = useQuery(deploymentQuery).data?.providers ?? []
  const linked = useQuery(linkedQuery)
  const told = useOutsideTold()
  const regret = useRegret()
  if (!providers.length && !linked.data?.length) return null
  const link = (provider: string) =>
    send(
      change('post', '/person/outside-identities/{provider}', {
        params: { provider },
        body: { back: location.pathname },
        touches: [],
      }),
    ).then(({ address }) => location.assign(address), regret)
  return (
    <Card title={t('linked')}>
      <div className="grid gap-4 p-4">
        {told && <OutsideTold code={told.code} />}
        <p className="text-muted-foreground text-sm">{t('linkedAbout')}</p>
        <Answer to={linked} compact>
          {found =>
            found.length ? (
              <ul className="rounded-lg border text-sm">
                {found.map(one => (
                  <Row key={one.id} one={one} />
                ))}
              </ul>
            ) : (
              <p className="text-sm">{t('none')}</p>
            )
          }
        </Answer>
        <div className="flex flex-wrap gap-2">
          {providers.map(({ key, name }) => (
            <Button key={key} variant="outline" onClick={() => link(key)}>
              <Link2 aria-hidden /> {t('link', { name })}
            </Button>
          ))}
        </div>
      </div>
    </Card>
  )
}

function Row({ one }: { one: Linked }) {
  const t = useTranslations('outside')
  const regret = useRegret()
  const { dayOf } = useWriting()
  const unlink = () =>
    send(change('delete', '/person/outside-identities/{identity_id}', { params: { identity_id: one.id }, touches: [] })).then(
      () => {
        notify({ tone: 'ok', title: t('unlinked', { name: one.provider }) })
        return queryClient.invalidateQueries({ queryKey: linkedQuery.queryKey })
      },
      regret,
    )
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-t px-4 py-2.5 first:border-t-0">
      <span className="grid min-w-0 flex-1 basis-56 gap-0.5 wrap-anywhere">
        <bdi className="w-fit font-medium">{one.provider}</bdi>
        {one.email && (
          <bdi dir="ltr" className="w-fit text-muted-foreground text-xs">
            {one.email}
          </bdi>
        )}
      </span>
      <span className="flex-1 basis-40 text-muted-foreground text-xs">
        {t('since', { date: dayOf(one.linked_at) })}
        {one.last_used_at && ` · ${t('used', { date: dayOf(one.last_used_at) })}`}
      </span>
      <Button size="sm" variant="ghost" onClick={unlink}>
        <Unlink aria-hidden /> {t('unlink')}
      </Button>
    </li>
  )
}
