import type { InboundText } from '@chairside/api'
import { Badge, Button, Empty, Segmented } from '@chairside/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Check, Inbox } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { PatientPicker } from '@/features/patients'
import { Answer, useRegret } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { Page } from '@/shell/page'
import { inboxQuery } from './queries'
import { TextForm } from './text-form'
import { readText, tieText } from './writes'

/** What patients answered by text. */
export function InboxScreen() {
  const t = useTranslations('messages')
  const clinic = useSlug()
  const [unread, setUnread] = useState(true)
  const inbox = useInfiniteQuery(inboxQuery(clinic, unread))
  const items = inbox.data?.pages.flatMap(page => page.items) ?? []
  return (
    <Page
      title={t('inbox')}
      about={t('inboxAbout')}
      end={
        <Segmented
          label={t('show')}
          value={unread ? 'unread' : 'all'}
          onChange={value => setUnread(value === 'unread')}
          choices={[
            { value: 'unread', label: t('statuses.unread') },
            { value: 'all', label: t('all') },
          ]}
        />
      }
    >
      <Answer to={inbox}>
        {() =>
          items.length === 0 ? (
            <Empty icon={Inbox} title={t('inboxEmpty')} about={t('inboxEmptyAbout')} />
          ) : (
            <>
              <ul className="rounded-lg border">
                {items.map(one => (
                  <Item key={one.id} text={one} />
                ))}
              </ul>
              {inbox.hasNextPage && (
                <div className="grid place-items-center p-4">
                  <Button variant="outline" disabled={inbox.isFetchingNextPage} onClick={() => inbox.fetchNextPage()}>
                    {t('more')}
                  </Button>
                </div>
              )}
            </>
          )
        }
      </Answer>
    </Page>
  )
}

function Item({ text }: { text: InboundText }) {
  const t = useTranslations('messages')
  const clinic = useSlug()
  const regret = useRegret()
  const tell = useTell()
  const mayWrite = useMay('messages.write')
  const { dayOf, time } = useWriting()
  const [answering, answer] = useState(false)
  const read = () => send(readText(clinic, text.id)).then(() => tell(t('wasRead')), regret)
  return (
    <li className="grid gap-2 border-t px-4 py-3 text-sm first:border-t-0">
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-1">
        {text.patient_id && text.last_name ? (
          <Link
            to="/c/$clinic/patients/$patient"
            params={{ clinic, patient: text.patient_id }}
            search={{ tab: 'messages' }}
            className="inline-flex min-h-6 items-center font-medium text-primary underline-offset-4 hover:underline"
          >
            <bdi>
              {text.first_name} {text.last_name}
            </bdi>
          </Link>
        ) : (
          <span className="font-medium">{t('nobodys')}</span>
        )}
        <bdi dir="ltr" className="text-muted-foreground text-xs">
          {text.number}
        </bdi>
        {text.word && <Badge>{t(`wordsOf.${text.word}`)}</Badge>}
        {!text.read_at && <Badge tone="warn">{t('statuses.unread')}</Badge>}
        <span className="ms-auto whitespace-nowrap text-muted-foreground text-xs">
          {dayOf(text.received_at)}, {time(text.received_at)}
        </span>
      </div>
      <p dir="auto" className="whitespace-pre-wrap break-words">
        {text.text}
      </p>
      {mayWrite && (
        <div className="flex flex-wrap items-end gap-2">
          {text.patient_id && !answering && (
            <Button size="sm" variant="outline" onClick={() => answer(true)}>
              {t('answer')}
            </Button>
          )}
          {!text.read_at && (
            <Button size="sm" variant="ghost" onClick={() => void read()}>
              <Check aria-hidden /> {t('read')}
            </Button>
          )}
          {!text.patient_id && (
            <PatientPicker
              className="min-w-64"
              label={t('whose')}
              value={null}
              onChange={id => {
                if (id) void send(tieText(clinic, text.id, id)).then(() => tell(t('tied')), regret)
              }}
            />
          )}
        </div>
      )}
      {answering && text.patient_id && (
        <TextForm
          patient={text.patient_id}
          onSent={() => {
            answer(false)
            if (!text.read_at) void send(readText(clinic, text.id)).catch(regret)
          }}
        />
      )}
    </li>
  )
}
