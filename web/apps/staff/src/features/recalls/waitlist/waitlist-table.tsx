import type { Provider, Waiting } from '@chairside/api'
import { Button, cn } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { CalendarPlus, CircleX, Pencil, Undo2 } from 'lucide-react'
import type { KeyboardEvent, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { nameOf } from '@/features/patients'
import { ageOf, useSlug, useWriting } from '@/lib/clinic'
import { Phone } from '../phone'
import type { WaitlistActs } from './use-waitlist-acts'
import { useWishWords } from './use-wish-words'
import { WaitingChip } from './waiting-chip'
import type { AskingOf } from './waitlist-screen'

type Props = {
  entries: Waiting[]
  /** The one that the keys mean. */
  at: string | undefined
  stale: boolean
  providers: Provider[]
  onAt: (id: string) => void
  onStep: (by: number) => void
  acts: WaitlistActs
  ask: (asking: AskingOf) => void
  mayWrite: boolean
  mayBook: boolean
}

const HEADS = [
  ['patient', ''],
  ['phone', 'max-sm:hidden'],
  ['service', 'max-md:hidden'],
  ['when', 'max-lg:hidden'],
  ['since', ''],
] as const

export function WaitlistTable({ entries, at, stale, onAt, onStep, ...rest }: Props) {
  const t = useTranslations('recalls.waitlist')
  const words = useTranslations('recalls')
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
              {word === 'patient' || word === 'phone' ? words(`heads.${word}`) : t(`heads.${word}`)}
            </th>
          ))}
          <th scope="col">
            <span className="sr-only">{words('heads.acts')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map(entry => (
          <Row key={entry.id} entry={entry} isAt={entry.id === at} onAt={() => onAt(entry.id)} {...rest} />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = Pick<Props, 'acts' | 'ask' | 'mayWrite' | 'mayBook' | 'providers'> & {
  entry: Waiting
  isAt: boolean
  onAt: () => void
}

function Row({ entry, isAt, onAt, acts, ask, mayWrite, mayBook, providers }: RowProps) {
  const t = useTranslations('recalls.waitlist')
  const words = useTranslations('recalls')
  const clinic = useSlug()
  const writing = useWriting()
  const { when } = useWishWords()
  const { patient } = entry
  const name = nameOf(patient)
  const withWhom = entry.provider_ids.flatMap(id => providers.find(one => one.id === id)?.name ?? [])
  return (
    <tr
      data-at={isAt || undefined}
      onFocus={event => event.target.id === `waiting-${entry.id}` && !isAt && onAt()}
      className="border-b *:h-12 *:px-4 *:py-1.5 max-sm:*:px-2 max-[22rem]:*:px-1 hover:bg-surface data-at:bg-accent/60 data-at:shadow-[inset_2px_0_var(--primary)] rtl:data-at:shadow-[inset_-2px_0_var(--primary)]"
    >
      <th scope="row" className="text-start font-medium">
        <Link
          id={`waiting-${entry.id}`}
          to="/c/$clinic/patients/$patient"
          params={{ clinic, patient: patient.id }}
          search={{}}
          className="underline-offset-4 hover:underline"
        >
          <bdi>{name}</bdi>
        </Link>
        <span className="block font-normal text-muted-foreground text-xs">
          {patient.birth_date && words('age', { count: ageOf(patient.birth_date, writing.today) })}
          <span className="md:hidden">
            {patient.birth_date && ' · '}
            <bdi>{entry.service_name}</bdi>
          </span>
        </span>
        <span className="block font-normal text-xs sm:hidden">
          <Phone of={patient} />
        </span>
        <span className="block font-normal text-muted-foreground text-xs lg:hidden">{when(entry).join(' · ')}</span>
      </th>
      <td className="max-sm:hidden">
        <Phone of={patient} />
      </td>
      <td className="max-md:hidden">
        <span className="block">
          <bdi>{entry.service_name}</bdi>
        </span>
        {withWhom.length > 0 && <bdi className="text-muted-foreground text-xs">{withWhom.join(', ')}</bdi>}
        {entry.appointment && (
          <span className="block text-muted-foreground text-xs">
            {t('hasVisit', { day: writing.dayOf(entry.appointment.starts_at) })}
          </span>
        )}
      </td>
      <td className="max-lg:hidden">
        <span className="block">{when(entry).join(' · ')}</span>
        {entry.note && (
          <span className="block max-w-72 truncate text-muted-foreground text-xs" title={entry.note}>
            <bdi>{entry.note}</bdi>
          </span>
        )}
      </td>
      <td>
        <span className="block whitespace-nowrap">{writing.dayOf(entry.created_at)}</span>
        <WaitingChip entry={entry} />
      </td>
      <td>
        {mayWrite && (
          <span className="flex justify-end gap-0.5 max-sm:ms-auto max-sm:max-w-[5.75rem] max-sm:flex-wrap">
            {entry.status === 'closed' ? (
              <Act label={t('reopenOf', { name })} icon={<Undo2 />} onClick={() => void acts.reopen(entry)} />
            ) : (
              <>
                {mayBook && entry.status !== 'booked' && (
                  <Act label={t('bookOf', { name })} icon={<CalendarPlus />} onClick={() => void acts.book(entry)} />
                )}
                <Act label={t('changeOf', { name })} icon={<Pencil />} onClick={() => ask({ what: 'change', entry })} />
                <Act label={t('closeOf', { name })} icon={<CircleX />} onClick={() => ask({ what: 'close', entry })} />
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
