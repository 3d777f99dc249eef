import type { Waiting } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty, Field, Segmented } from '@chairside/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Hourglass } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { resourcesQuery } from '@/features/scheduling'
import { Answer } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { cursorOf } from '@/lib/cursor'
import { WAITING, type WaitingStatus, type WaitlistSearch } from './model'
import { waitlistQuery } from './queries'
import { StopDialog } from './stop-dialog'
import { useWaitlistActs } from './use-waitlist-acts'
import { WaitingSheet } from './waiting-sheet'
import { WaitlistTable } from './waitlist-table'

export type AskingOf = { what: 'change' | 'close'; entry: Waiting }

/** Who waits for a time, the urgent first. The address holds what is looked at. */
export function WaitlistScreen({ status = 'waiting', service, entry: chosen }: WaitlistSearch) {
  const t = useTranslations('recalls.waitlist')
  const words = useTranslations('recalls')
  const group = useTranslations('shell.groups')('waitlist')
  const clinic = useSlug()
  const navigate = useNavigate({ from: '/c/$clinic/waitlist' })
  const mayWrite = useMay('recalls.write')
  const mayBook = useMay('scheduling.book', 'scheduling.book_own')
  const resources = useQuery(resourcesQuery(clinic)).data
  const waiting = useInfiniteQuery(waitlistQuery(clinic, { service_id: service, status: [status] }))
  const items = waiting.data?.pages.flatMap(page => page.items) ?? []
  const [asking, ask] = useState<AskingOf>()
  const acts = useWaitlistActs()
  const set = (next: WaitlistSearch) => navigate({ search: old => ({ ...old, entry: undefined, ...next }), replace: true })
  const { at, go, step } = cursorOf(items, chosen, 'waiting', id =>
    navigate({ search: old => ({ ...old, entry: id }), replace: true }),
  )
  const open = mayWrite && at && at.status !== 'closed' ? at : undefined
  const verb = (id: string, word: 'book' | 'change' | 'close', run: (one: Waiting) => void, may = true) =>
    open && may ? [{ id, group, label: t(word), run: () => run(open) }] : []
  useCommands([
    { id: 'waiting-next', group, label: words('next'), unlisted: true, run: () => step(1) },
    { id: 'waiting-previous', group, label: words('previous'), unlisted: true, run: () => step(-1) },
    ...verb('waiting-book', 'book', acts.book, mayBook && at?.status !== 'booked'),
    ...verb('waiting-change', 'change', entry => ask({ what: 'change', entry })),
    ...verb('waiting-close', 'close', entry => ask({ what: 'close', entry })),
  ])
  const services = resources?.services ?? []
  return (
    <div className="flex h-full min-h-0 flex-col">
      <title>{t('title')}</title>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5">
        <h1 className="font-semibold text-xl tracking-tight rtl:tracking-normal">{t('title')}</h1>
        <Segmented
          label={words('show')}
          className="flex-wrap [&>button]:min-h-6 [&>button]:whitespace-nowrap"
          value={status}
          onChange={value => set({ status: value === 'waiting' ? undefined : (value as WaitingStatus) })}
          choices={WAITING.map(value => ({ value, label: t(`status.${value}`) }))}
        />
        {services.length > 1 && (
          <Field
            label={t('service')}
            labelHidden
            className="w-52 max-sm:w-full"
            value={service ?? ''}
            onChange={event => set({ service: event.target.value || undefined })}
            choices={[['', t('everyService')], ...services.map((one): [string, string] => [one.id, one.name])]}
          />
        )}
      </header>
      <section aria-label={t('title')} className="min-h-0 flex-1 overflow-auto">
        <Answer to={waiting}>
          {() =>
            items.length === 0 ? (
              <Empty
                icon={Hourglass}
                title={t(status === 'waiting' ? 'nobody' : 'noneSuch')}
                about={status === 'waiting' ? t('nobodyAbout') : words('noneSuchAbout')}
              />
            ) : (
              <>
                <WaitlistTable
                  entries={items}
                  at={at?.id}
                  stale={waiting.isPlaceholderData}
                  providers={resources?.providers ?? []}
                  onAt={go}
                  onStep={step}
                  {...{ acts, ask, mayWrite, mayBook }}
                />
                {waiting.hasNextPage && (
                  <div className="grid place-items-center p-4">
                    <Button variant="outline" disabled={waiting.isFetchingNextPage} onClick={() => waiting.fetchNextPage()}>
                      {words('more')}
                    </Button>
                  </div>
                )}
              </>
            )
          }
        </Answer>
      </section>
      {asking?.what === 'change' && resources && (
        <WaitingSheet entry={asking.entry} resources={resources} onClose={() => ask(undefined)} />
      )}
      {asking?.what === 'close' && (
        <StopDialog
          entry={asking.entry}
          onClose={() => ask(undefined)}
          onStop={reason => void acts.close(asking.entry, reason)}
        />
      )}
    </div>
  )
}
