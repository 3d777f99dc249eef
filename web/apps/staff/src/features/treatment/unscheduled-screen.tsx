import type { UnscheduledItem } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Button, Empty, Segmented } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { CalendarPlus, CircleCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { cursorOf } from '@/lib/cursor'
import { Keys } from '@/lib/keys'
import { Page } from '@/shell/page'
import { BookItem } from './book-item'
import { unscheduledQuery } from './queries'
import { usePlanWords } from './use-plan-words'

/** What patients accepted and nobody booked: the dearest first, or what waits longest. */
export function UnscheduledScreen({ sort = 'value' }: { sort?: 'value' | 'age' }) {
  const t = useTranslations('plans')
  const group = useTranslations('shell.groups')('patients')
  const navigate = useNavigate({ from: '/c/$clinic/unscheduled' })
  const clinic = useSlug()
  const { money } = useWriting()
  const mayBook = useMay('scheduling.book', 'scheduling.book_own')
  const found = useQuery(unscheduledQuery(clinic, sort))
  const [chosen, choose] = useState<string>()
  const [booking, book] = useState<UnscheduledItem>()
  const items = found.data ?? []
  const { at, step } = cursorOf(items, chosen, 'unscheduled', choose)
  useCommands([
    { id: 'unscheduled-next', group, label: t('next'), unlisted: true, run: () => step(1) },
    { id: 'unscheduled-previous', group, label: t('previous'), unlisted: true, run: () => step(-1) },
    ...(at && mayBook ? [{ id: 'unscheduled-book', group, label: t('book'), icon: <CalendarPlus />, run: () => book(at) }] : []),
  ])
  const [one] = items
  const all = items.reduce((total, { amount }) => total + amount.amount, 0)
  return (
    <Page
      title={t('unscheduled')}
      about={
        one ? t('unscheduledSum', { count: items.length, sum: money({ ...one.amount, amount: all }) }) : t('unscheduledAbout')
      }
      end={
        <Segmented
          label={t('sort')}
          value={sort}
          onChange={next => navigate({ search: next === 'age' ? { sort: 'age' } : {}, replace: true })}
          choices={[
            { value: 'value', label: t('byValue') },
            { value: 'age', label: t('byAge') },
          ]}
        />
      }
    >
      <Answer to={found}>
        {list =>
          list.length === 0 ? (
            <Empty icon={CircleCheck} title={t('allBooked')} about={t('allBookedAbout')} />
          ) : (
            <ul aria-label={t('unscheduled')} className="divide-y rounded-lg border bg-card">
              {list.map(item => (
                <Row
                  key={item.id}
                  item={item}
                  current={item.id === at?.id}
                  onAt={() => choose(item.id)}
                  onBook={mayBook ? () => book(item) : undefined}
                />
              ))}
            </ul>
          )
        }
      </Answer>
      {booking && <BookItem item={booking} onClose={() => book(undefined)} />}
    </Page>
  )
}

type RowProps = { item: UnscheduledItem; current: boolean; onAt: () => void; onBook?: () => void }

function Row({ item, current, onAt, onBook }: RowProps) {
  const t = useTranslations('plans')
  const clinic = useSlug()
  const words = usePlanWords()
  const { money, dayOf } = useWriting()
  return (
    <li onFocus={onAt} className={`flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2 text-sm ${current ? 'bg-accent' : ''}`}>
      <span className="grid min-w-44 flex-1 gap-0.5">
        <Link
          id={`unscheduled-${item.id}`}
          to="/c/$clinic/patients/$patient"
          params={{ clinic, patient: item.patient_id }}
          search={{ tab: 'plan' }}
          className="w-fit font-medium hover:underline"
        >
          <bdi>
            {item.last_name}, {item.first_name}
          </bdi>
        </Link>
        <span className="text-muted-foreground">
          <bdi>{words.item(item)}</bdi> · {t('acceptedOn', { day: dayOf(item.accepted_at) })}
        </span>
      </span>
      <span className="tabular-nums">{money(item.amount)}</span>
      {onBook && (
        <Button size="sm" variant="outline" onClick={onBook}>
          <CalendarPlus aria-hidden /> {t('book')} {current && <Keys of="unscheduled-book" className="max-sm:hidden" />}
        </Button>
      )}
    </li>
  )
}
