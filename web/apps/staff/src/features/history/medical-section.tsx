import type { HistoryEntry, MedicalHistory, Patient } from '@chairside/api'
import { useCommands } from '@chairside/commands'
import { Badge, Banner, Button, Card } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { CircleQuestionMark, ClipboardCheck, History, Plus } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useMay, useSlug, useWriting } from '@/lib/clinic'
import { Keys } from '@/lib/keys'
import { Difference } from './difference'
import { EntryLine } from './entry-line'
import { KINDS } from './model'
import { historyQuery } from './queries'
import { StrikeDialog } from './strike-dialog'
import { useEntryActs } from './use-entry-acts'
import type { Kind } from './writes'

const EntrySheet = lazy(() => import('./entry-sheet').then(one => ({ default: one.EntrySheet })))
const VersionsSheet = lazy(() => import('./versions-sheet').then(one => ({ default: one.VersionsSheet })))

type Open = { what: 'entry'; kind: Kind; entry?: HistoryEntry } | { what: 'strike'; entry: HistoryEntry } | { what: 'versions' }

/** The whole of what the patient's body brings along, by its kinds. */
export function MedicalSection({ patient }: { patient: Patient }) {
  const history = useQuery(historyQuery(useSlug(), patient.id))
  return <Answer to={history}>{whole => whole && <Whole patient={patient} whole={whole} />}</Answer>
}

function Whole({ patient, whole }: { patient: Patient; whole: MedicalHistory }) {
  const t = useTranslations('history')
  const group = useTranslations('shell.groups')('patient')
  const mayWrite = useMay('history.write') && !patient.archived_at
  const acts = useEntryActs()
  const [open, setOpen] = useState<Open>()
  /** The version that was on the screen when somebody said that they had looked through it, and it was not the last any more. */
  const [stale, setStale] = useState<number>()
  const shut = () => setOpen(undefined)
  const review = () => {
    setStale(undefined)
    return acts.review(whole, () => setStale(whole.version))
  }
  useCommands(
    mayWrite ? [{ id: 'history-reviewed', group, label: t('review'), icon: <ClipboardCheck />, run: () => void review() }] : [],
  )
  return (
    <div className="grid max-w-6xl gap-4 p-6 max-sm:p-4">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Reviewed whole={whole} />
        <Button variant="outline" onClick={() => setOpen({ what: 'versions' })}>
          <History aria-hidden /> {t('versions')}
        </Button>
        {mayWrite && (
          <Button variant={whole.review.due ? 'default' : 'outline'} onClick={() => void review()}>
            <ClipboardCheck aria-hidden /> {t('review')} <Keys of="history-reviewed" />
          </Button>
        )}
      </div>
      {stale !== undefined && whole.version > stale && (
        <Banner tone="warn" title={t('staleTitle')}>
          <p>{t('staleAbout')}</p>
          {stale > 0 && <Difference patient={patient.id} since={stale} number={whole.version} />}
          <Button size="sm" variant="outline" className="justify-self-start" onClick={() => void review()}>
            {t('reviewNow')}
          </Button>
        </Banner>
      )}
      <div className="grid grid-cols-2 items-start gap-4 max-lg:grid-cols-1">
        {KINDS.map(kind => (
          <OfKind
            key={kind}
            kind={kind}
            whole={whole}
            acts={mayWrite ? acts : undefined}
            onAdd={() => setOpen({ what: 'entry', kind })}
            onChange={entry => setOpen({ what: 'entry', kind, entry })}
            onStrike={entry => setOpen({ what: 'strike', entry })}
          />
        ))}
      </div>
      <Suspense>
        {open?.what === 'entry' && <EntrySheet patient={patient.id} kind={open.kind} entry={open.entry} onClose={shut} />}
        {open?.what === 'versions' && <VersionsSheet patient={patient.id} onClose={shut} />}
      </Suspense>
      {open?.what === 'strike' && (
        <StrikeDialog entry={open.entry} onStrike={reason => acts.strike(open.entry, reason)} onClose={shut} />
      )}
    </div>
  )
}

function Reviewed({ whole }: { whole: MedicalHistory }) {
  const t = useTranslations('history')
  const writing = useWriting()
  const { reviewed_at, reviewed_by, due_on, due } = whole.review
  return (
    <p className="me-auto flex flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <span>
        {reviewed_at ? t('reviewed', { day: writing.dayOf(reviewed_at), name: reviewed_by ?? '–' }) : t('neverReviewed')}
      </span>
      {due ? (
        <Badge tone="warn">{t('due')}</Badge>
      ) : (
        due_on && <span className="text-muted-foreground">{t('dueOn', { day: writing.day(due_on) })}</span>
      )}
    </p>
  )
}

type OfKindProps = {
  kind: Kind
  whole: MedicalHistory
  acts?: ReturnType<typeof useEntryActs>
  onAdd: () => void
  onChange: (entry: HistoryEntry) => void
  onStrike: (entry: HistoryEntry) => void
}

function OfKind({ kind, whole, acts, onAdd, onChange, onStrike }: OfKindProps) {
  const t = useTranslations('history')
  const known = whole.known[kind]
  const all = whole.entries.filter(entry => entry.kind === kind)
  const earlier = all.filter(entry => !entry.in_force)
  const line = (entry: HistoryEntry) => (
    <EntryLine key={entry.id} entry={entry} acts={acts} onChange={() => onChange(entry)} onStrike={() => onStrike(entry)} />
  )
  return (
    <Card
      title={t(`kinds.${kind}`)}
      end={
        acts && (
          <Button size="sm" variant="ghost" aria-label={t(`add.${kind}`)} onClick={onAdd}>
            <Plus aria-hidden /> {t(`add.${kind}`)}
          </Button>
        )
      }
    >
      {known === 'some' && <ul>{all.filter(entry => entry.in_force).map(line)}</ul>}
      {known !== 'some' && (
        <div className="flex min-h-11 flex-wrap items-center gap-2 px-4 py-2 text-sm">
          <span className="me-auto inline-flex items-center gap-1.5 [&_svg]:size-4">
            {known === 'none' ? (
              t(`none.${kind}`)
            ) : (
              <span className="inline-flex items-center gap-1.5 text-muted-foreground">
                <CircleQuestionMark aria-hidden /> {t('notAsked')}
              </span>
            )}
          </span>
          {acts && known === 'not_asked' && (
            <Button size="sm" variant="outline" onClick={() => void acts.none(whole.patient_id, kind)}>
              {t(`none.${kind}`)}
            </Button>
          )}
          {acts && known === 'none' && (
            <Button size="sm" variant="ghost" onClick={() => void acts.ask(whole.patient_id, kind)}>
              {t('askAgain')}
            </Button>
          )}
        </div>
      )}
      {earlier.length > 0 && (
        <details className="border-t">
          <summary className="cursor-pointer px-4 py-2 text-muted-foreground text-xs">
            {t('earlier', { count: earlier.length })}
          </summary>
          <ul>{earlier.map(line)}</ul>
        </details>
      )}
    </Card>
  )
}
