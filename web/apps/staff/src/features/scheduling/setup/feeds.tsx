import type { CalendarFeed } from '@chairside/api'
import { Button, Dialog, DialogFoot, Field, notify } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { CalendarSync, Copy } from 'lucide-react'
import { type SyntheticEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer, useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { colleaguesQuery } from '@/lib/colleagues'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useSession } from '@/lib/session'
import { useTell } from '@/lib/tell'
import { feedsQuery } from './queries'
import { makeFeed, revokeFeed } from './writes'

type Asked = { kind: 'renew' } | { kind: 'revoke'; feed: CalendarFeed }

/** The addresses at which calendar programs fetch when a provider is taken. Whoever has one reads it; no patient is in it. */
export function Feeds({ provider }: { provider: string }) {
  const t = useTranslations('setup')
  return (
    <section aria-label={t('feed')} className="grid gap-2 border-t pt-4">
      <h3 className="font-medium text-sm">{t('feed')}</h3>
      <FeedList provider={provider} />
    </section>
  )
}

export function FeedList({ provider }: { provider: string }) {
  const t = useTranslations('setup')
  const clinic = useSlug()
  const regret = useRegret()
  const me = useSession().principal.id
  const feeds = useQuery(feedsQuery(clinic))
  const [path, show] = useState<string>()
  const [asked, ask] = useState<Asked>()
  const make = async () => show((await send(makeFeed(clinic, provider))).path)
  return (
    <>
      <p className="text-muted-foreground text-sm">{t('feedAbout')}</p>
      <Answer to={feeds} compact>
        {all => {
          const here = all.filter(one => one.provider_id === provider)
          const mine = here.find(one => one.member_id === me)
          return (
            <>
              <ul className="grid empty:hidden">
                {here.map(one => (
                  <Line key={one.id} feed={one} isMine={one === mine} onRevoke={() => ask({ kind: 'revoke', feed: one })} />
                ))}
              </ul>
              <Button
                variant="outline"
                className="w-fit"
                onClick={() => (mine ? ask({ kind: 'renew' }) : void make().catch(regret))}
              >
                <CalendarSync aria-hidden /> {mine ? t('feedRenew') : t('feedMake')}
              </Button>
            </>
          )
        }}
      </Answer>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: what is typed in these dialogs is not meant for the form around them */}
      <div className="contents" onKeyDown={stay} onSubmit={stay} onInput={stay}>
        {asked && <Sure asked={asked} make={make} onClose={() => ask(undefined)} />}
        {path && <Shown address={`${location.origin}${path}`} onClose={() => show(undefined)} />}
      </div>
    </>
  )
}

const stay = (event: SyntheticEvent) => event.stopPropagation()

type LineProps = { feed: CalendarFeed; isMine: boolean; onRevoke: () => void }

function Line({ feed, isMine, onRevoke }: LineProps) {
  const t = useTranslations('setup')
  const { dayOf, time } = useWriting()
  const name = useQuery(colleaguesQuery(useSlug())).data?.find(one => one.id === feed.member_id)?.name ?? ''
  const at = feed.last_fetched_at
  return (
    <li className="flex min-h-10 items-center gap-3 border-b text-sm">
      <span className="me-auto grid py-1">
        <bdi>{isMine ? t('feedMine') : t('feedOf', { name })}</bdi>
        <span className="text-muted-foreground text-xs">
          {at ? t('feedFetched', { at: `${dayOf(at)}, ${time(at)}` }) : t('feedNeverFetched')}
        </span>
      </span>
      <Button size="sm" variant="ghost" onClick={onRevoke}>
        {t('feedRevoke')}
      </Button>
    </li>
  )
}

/** A program that has the address can read it no more, and nobody brings it back. */
function Sure({ asked, make, onClose }: { asked: Asked; make: () => Promise<void>; onClose: () => void }) {
  const t = useTranslations('setup')
  const states = useTranslations('states')
  const tell = useTell()
  const clinic = useSlug()
  const form = useForm({
    async save() {
      if (asked.kind === 'renew') await make()
      else {
        await send(revokeFeed(clinic, asked.feed.id))
        tell(t('feedRevoked'))
      }
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} firm={form.busy} title={t(`feedSure.${asked.kind}`)} className="max-w-md">
      <form {...form.props}>
        <div className="grid gap-3 px-5 pt-3 pb-5 text-sm">
          <FormTrouble form={form} />
          <p>{t('feedSureAbout')}</p>
        </div>
        <DialogFoot>
          <Button variant="outline" disabled={form.busy} onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" variant="destructive" disabled={form.busy}>
            {t(asked.kind === 'renew' ? 'feedRenew' : 'feedRevoke')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

/** This once. */
function Shown({ address, onClose }: { address: string; onClose: () => void }) {
  const t = useTranslations('setup')
  const copy = () => navigator.clipboard.writeText(address).then(() => notify({ tone: 'ok', title: t('feedCopied') }))
  return (
    <Dialog open onClose={onClose} firm title={t('feedShown')} className="max-w-xl">
      <div className="grid gap-4 px-5 pt-4 pb-5 text-sm">
        <div className="flex items-end gap-2">
          <Field
            className="flex-1"
            label={t('feedAddress')}
            value={address}
            readOnly
            dir="ltr"
            spellCheck={false}
            onFocus={event => event.currentTarget.select()}
          />
          {'clipboard' in navigator && (
            <Button autoFocus variant="outline" className="h-9" onClick={() => void copy()}>
              <Copy aria-hidden /> {t('feedCopy')}
            </Button>
          )}
        </div>
        <p className="text-muted-foreground">{t('feedShownAbout')}</p>
      </div>
      <DialogFoot>
        <Button onClick={onClose}>{t('feedDone')}</Button>
      </DialogFoot>
    </Dialog>
  )
}
