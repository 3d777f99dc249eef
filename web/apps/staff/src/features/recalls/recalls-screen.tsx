import type { Recall } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty, Field, Segmented } from '@chairside/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { BellRing } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { cursorOf } from '@/lib/cursor'
import { dueBefore, type RecallStatus, type RecallsSearch, STATUSES, WINDOWS, type Window } from './model'
import { recallsQuery, recallTypesQuery } from './queries'
import { type Asking, RecallDialogs } from './recall-dialogs'
import { RecallTable } from './recall-table'
import { useRecallActs } from './use-recall-acts'

/** Who is to be called in, what has been due longest first. The address holds what is looked at. */
export function RecallsScreen({ due = 'month', type, status = 'due', recall: chosen }: RecallsSearch) {
  const t = useTranslations('recalls')
  const group = useTranslations('shell.groups')('recalls')
  const clinic = useSlug()
  const { today } = useWriting()
  const navigate = useNavigate({ from: '/c/$clinic/recalls' })
  const mayWrite = useMay('recalls.write')
  const mayBook = useMay('scheduling.book', 'scheduling.book_own')
  const types = useQuery(recallTypesQuery(clinic)).data ?? []
  const before = status === 'closed' ? undefined : dueBefore(due, today)
  const recalls = useInfiniteQuery(recallsQuery(clinic, { due_before: before, type_id: type, status: [status] }))
  const items = recalls.data?.pages.flatMap(page => page.items) ?? []
  const [asking, ask] = useState<Asking>()
  const acts = useRecallActs()
  const set = (next: RecallsSearch) => navigate({ search: old => ({ ...old, recall: undefined, ...next }), replace: true })
  const { at, go, step } = cursorOf(items, chosen, 'recall', id =>
    navigate({ search: old => ({ ...old, recall: id }), replace: true }),
  )
  const open = mayWrite && at && at.status !== 'closed' ? at : undefined
  const verb = (id: string, word: 'book' | 'attempt' | 'snooze' | 'close', run: (one: Recall) => void, may = true) =>
    open && may ? [{ id, group, label: t(word), run: () => run(open) }] : []
  useCommands([
    { id: 'recall-next', group, label: t('next'), unlisted: true, run: () => step(1) },
    { id: 'recall-previous', group, label: t('previous'), unlisted: true, run: () => step(-1) },
    ...verb('recall-book', 'book', acts.book, mayBook),
    ...verb('recall-attempt', 'attempt', recall => ask({ what: 'attempt', recall })),
    ...verb('recall-snooze', 'snooze', recall => ask({ what: 'snooze', recall })),
    ...verb('recall-close', 'close', recall => ask({ what: 'close', recall })),
  ])
  return (
    <div className="flex h-full min-h-0 flex-col">
      <title>{t('title')}</title>
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-b px-4 py-2.5">
        <h1 className="font-semibold text-xl tracking-tight rtl:tracking-normal">{t('title')}</h1>
        <Segmented
          label={t('show')}
          className="flex-wrap [&>button]:min-h-6 [&>button]:whitespace-nowrap"
          value={status}
          onChange={value => set({ status: value === 'due' ? undefined : (value as RecallStatus) })}
          choices={STATUSES.map(value => ({ value, label: t(`list.${value}`) }))}
        />
        {types.length > 1 && (
          <Field
            label={t('type')}
            labelHidden
            className="w-52 max-sm:w-full"
            value={type ?? ''}
            onChange={event => set({ type: event.target.value || undefined })}
            choices={[['', t('everyType')], ...types.map((one): [string, string] => [one.id, one.name])]}
          />
        )}
        {status !== 'closed' && (
          <div className="sm:ms-auto">
            <Segmented
              label={t('window')}
              className="flex-wrap [&>button]:min-h-6 [&>button]:whitespace-nowrap"
              value={due}
              onChange={value => set({ due: value === 'month' ? undefined : (value as Window) })}
              choices={WINDOWS.map(value => ({ value, label: t(`windows.${value}`) }))}
            />
          </div>
        )}
      </header>
      <section aria-label={t('title')} className="min-h-0 flex-1 overflow-auto">
        <Answer to={recalls}>
          {() =>
            items.length === 0 ? (
              <Nobody isDue={status === 'due'} isSetUp={types.length > 0} />
            ) : (
              <>
                <RecallTable
                  recalls={items}
                  at={at?.id}
                  stale={recalls.isPlaceholderData}
                  onAt={go}
                  onStep={step}
                  {...{ acts, ask, mayWrite, mayBook }}
                />
                {recalls.hasNextPage && (
                  <div className="grid place-items-center p-4">
                    <Button variant="outline" disabled={recalls.isFetchingNextPage} onClick={() => recalls.fetchNextPage()}>
                      {t('more')}
                    </Button>
                  </div>
                )}
              </>
            )
          }
        </Answer>
      </section>
      {asking && <RecallDialogs asking={asking} acts={acts} onClose={() => ask(undefined)} />}
    </div>
  )
}

/** Nobody to call, or nothing to call anybody for yet. */
function Nobody({ isDue, isSetUp }: { isDue: boolean; isSetUp: boolean }) {
  const t = useTranslations('recalls')
  const clinic = useSlug()
  const maySetUp = useMay('clinic.write')
  if (isSetUp)
    return <Empty icon={BellRing} title={t(isDue ? 'noneDue' : 'noneSuch')} about={t(isDue ? 'noneDueAbout' : 'noneSuchAbout')} />
  return (
    <Empty icon={BellRing} title={t('noTypes')} about={t('noTypesAbout')}>
      {maySetUp && (
        <Button asChild>
          <Link to="/c/$clinic/admin/recalls" params={{ clinic }}>
            {t('setUp')}
          </Link>
        </Button>
      )}
    </Empty>
  )
}
