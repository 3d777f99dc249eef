import { Card } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useMay, useSlug } from '@/lib/clinic'
import { useSession } from '@/lib/session'
import { resourcesQuery } from '../queries'
import { FeedList } from './feeds'
import { OutsideList, useCalendarTold } from './outside-calendars'
import { Signature } from './signature'

/** Their own calendar, those they keep elsewhere, and how they sign, for whoever treats patients here; nothing for everybody else. */
export function OwnFeed() {
  const t = useTranslations('setup')
  const me = useSession().principal.id
  useCalendarTold()
  const mayRead = useMay('scheduling.read')
  const providers = useQuery({ ...resourcesQuery(useSlug()), enabled: mayRead }).data?.providers
  const own = providers?.find(one => one.member_id === me && one.active)
  if (!own) return null
  return (
    <>
      <Card title={t('feed')}>
        <div className="grid gap-3 p-4">
          <FeedList provider={own.id} />
        </div>
      </Card>
      <Card title={t('signature.title')}>
        <div className="grid gap-3 p-4">
          <Signature provider={own.id} name={own.name} />
        </div>
      </Card>
      <Card title={t('outside.title')}>
        <div className="grid gap-3 p-4">
          <OutsideList provider={own.id} back="account" />
        </div>
      </Card>
    </>
  )
}
