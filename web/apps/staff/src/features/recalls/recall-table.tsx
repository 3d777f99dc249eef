import type { Recall } from '@chairside/api'
import { Button, cn } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { AlarmClockOff, CalendarPlus, CircleX, PhoneCall, Undo2 } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { ageOf, useSlug, useWriting } from '@/lib/clinic'
import { nameOfCalled, RecallChip, useIntervalWords } from './chip'
import { Phone } from './phone'
import type { Asking } from './recall-dialogs'
import type { RecallActs } from './use-recall-acts'

type Props = {
  recalls: Recall[]
  /** The one that the keys mean. */
  at: string | undefined
  stale: boolean
  onAt: (id: string) => void
  onStep: (by: number) => void
  acts: RecallActs
  ask: (asking: Asking) => void
  mayWrite: boolean
  mayBook: boolean
}

const HEADS = [
  ['patient', ''],
  ['phone', 'max-sm:hidden'],
  ['type', 'max-lg:hidden'],
  ['due', ''],
  ['lastAttempt', 'max-md:hidden'],
] as const

export function RecallTable({ recalls, at, stale, onAt, onStep, ...rest }: Props) {
  const t = useTranslations('recalls')
  const keyed = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!by || event.ctrlKey || event.altKey || event.metaKey) return
    event.preventDefault()
    onStep(by)
  }
  return (
    <table className={cn('w-full text-sm transition-opacity', stale && 'opacity-60')} onKeyDown={keyed}>
      <caption className="sr-only">{t('title')}</caption>
      <thead className="sticky top-0 z-10 bg-background text-muted-foreground text-xs shadow-[0_1px_var(--border)] *:*:h-9 *:*:px-4 max-sm:*:*:px-2 *:*:text-start *:*:font-medium">
        <tr>
          {HEADS.map(([word, className]) => (
            <th key={word} scope="col" className={className}>
              {t(`heads.${word}`)}
            </th>
          ))}
          <th scope="col">
            <span className="sr-only">{t('heads.acts')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {recalls.map(recall => (
          <Row key={recall.id} recall={recall} isAt={recall.id === at} onAt={() => onAt(recall.id)} {...rest} />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = Pick<Props, 'acts' | 'ask' | 'mayWrite' | 'mayBook'> & { recall: Recall; isAt: boolean; onAt: () => void }

function Row({ recall, isAt, onAt, acts, ask, mayWrite, mayBook }: RowProps) {
  const t = useTranslations('recalls')
  const clinic = useSlug()
  const writing = useWriting()
  const interval = useIntervalWords()
  const { patient, last_attempt } = recall
  const name = nameOfCalled(recall)
  const overdue = recall.status === 'due' && recall.due_on < writing.today.toString()
  return (
    <tr
      data-at={isAt || undefined}
      onFocus={event => event.target.id === `recall-${recall.id}` && !isAt && onAt()}
      className="border-b *:h-12 *:px-4 *:py-1.5 max-sm:*:px-2 max-[22rem]:*:px-1 hover:bg-surface data-at:bg-accent/60 data-at:shadow-[inset_2px_0_var(--primary)] rtl:data-at:shadow-[inset_-2px_0_var(--primary)]"
    >
      <th scope="row" className="text-start font-medium">
        <Link
          id={`recall-${recall.id}`}
          to="/c/$clinic/patients/$patient"
          params={{ clinic, patient: patient.id }}
          search={{}}
          className="underline-offset-4 hover:underline"
        >
          <bdi>{name}</bdi>
        </Link>
        <span className="block font-normal text-muted-foreground text-xs">
          {patient.birth_date && t('age', { count: ageOf(patient.birth_date, writing.today) })}
          <span className="lg:hidden">
            {patient.birth_date && ' · '}
            <bdi>{recall.type_name}</bdi>
          </span>
        </span>
        <span className="block font-normal text-xs sm:hidden">
          <Phone of={patient} />
        </span>
      </th>
      <td className="max-sm:hidden">
        <Phone of={patient} />
      </td>
      <td className="max-lg:hidden">
        <span className="block">
          <bdi>{recall.type_name}</bdi>
        </span>
        <span className="text-muted-foreground text-xs">
          {interval(recall.interval)}
          {recall.previous_on && ` · ${t('lastCame', { day: writing.day(recall.previous_on) })}`}
        </span>
      </td>
      <td>
        <span className={cn('block whitespace-nowrap', overdue && 'font-medium text-destructive')}>
          {writing.day(recall.due_on)}
        </span>
        <RecallChip recall={recall} />
      </td>
      <td className="max-md:hidden">
        {last_attempt ? (
          <>
            <span className="block">{t(`outcomes.${last_attempt.outcome}`)}</span>
            <span className="text-muted-foreground text-xs">
              {t('attemptOn', {
                kind: t(`kinds.${last_attempt.kind}`),
                day: writing.dayOf(last_attempt.at),
                count: recall.attempts,
              })}
            </span>
            {last_attempt.note && (
              <span className="block max-w-56 truncate text-muted-foreground text-xs" title={last_attempt.note}>
                <bdi>{last_attempt.note}</bdi>
              </span>
            )}
          </>
        ) : (
          <span className="text-muted-foreground">{t('noAttempt')}</span>
        )}
      </td>
      <td>
        {mayWrite && (
          <span className="flex justify-end gap-0.5 max-sm:ms-auto max-sm:max-w-[5.75rem] max-sm:flex-wrap">
            {recall.status === 'closed' ? (
              <Act label={t('reopenOf', { name })} icon={<Undo2 />} onClick={() => void acts.reopen(recall)} />
            ) : (
              <>
                {mayBook && recall.status !== 'booked' && (
                  <Act label={t('bookOf', { name })} icon={<CalendarPlus />} onClick={() => void acts.book(recall)} />
                )}
                <Act label={t('attemptOf', { name })} icon={<PhoneCall />} onClick={() => ask({ what: 'attempt', recall })} />
                {recall.status === 'snoozed' ? (
                  <Act label={t('wakeOf', { name })} icon={<Undo2 />} onClick={() => void acts.wake(recall)} />
                ) : (
                  <Act label={t('snoozeOf', { name })} icon={<AlarmClockOff />} onClick={() => ask({ what: 'snooze', recall })} />
                )}
                <Act label={t('closeOf', { name })} icon={<CircleX />} onClick={() => ask({ what: 'close', recall })} />
              </>
            )}
          </span>
        )}
      </td>
    </tr>
  )
}

const Act = ({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) => (
  <Button size="icon" variant="ghost" aria-label={label} title={label} onClick={onClick}>
    {icon}
  </Button>
)
