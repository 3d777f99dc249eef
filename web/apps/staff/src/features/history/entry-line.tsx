import type { HistoryEntry } from '@chairside/api'
import { Badge, Button, cn, Menu, MenuItem } from '@chairside/ui'
import { Ban, CalendarX, Ellipsis, Pencil, RotateCcw } from 'lucide-react'
import { useTranslations } from 'use-intl'
import { useMay, useWriting } from '@/lib/clinic'
import type { useEntryActs } from './use-entry-acts'
import { useEntryWords } from './use-entry-words'

type LineProps = {
  entry: HistoryEntry
  acts?: ReturnType<typeof useEntryActs>
  onChange?: () => void
  onStrike?: () => void
}

/** One entry, with what can be done with it; struck through it is read as such, too. */
export function EntryLine({ entry, acts, onChange, onStrike }: LineProps) {
  const t = useTranslations('history')
  const words = useEntryWords()
  const name = words.name(entry)
  return (
    <li className="flex items-start gap-2 border-t px-4 py-2.5 text-sm first:border-t-0">
      <span className="me-auto grid min-w-0 gap-0.5 wrap-anywhere">
        <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {entry.struck_at ? (
            <s>
              <bdi>{name}</bdi>
            </s>
          ) : (
            <bdi className={cn('font-medium', !entry.in_force && 'text-muted-foreground')}>{name}</bdi>
          )}
          <Marks entry={entry} />
        </span>
        <Details entry={entry} />
      </span>
      {acts && <Verbs {...{ entry, acts, name, onChange, onStrike }} label={t('more', { name })} />}
    </li>
  )
}

function Verbs({ entry, acts, name, label, onChange, onStrike }: LineProps & { name: string; label: string }) {
  const t = useTranslations('history')
  const mayStrike = useMay('history.strike')
  if (!acts || (entry.struck_at && !mayStrike)) return null
  return (
    <>
      {!entry.struck_at && (
        <Button size="icon" variant="ghost" aria-label={t('change', { name })} onClick={onChange}>
          <Pencil />
        </Button>
      )}
      <Menu
        label={label}
        trigger={
          <Button size="icon" variant="ghost" aria-label={label}>
            <Ellipsis />
          </Button>
        }
      >
        {!entry.struck_at && !entry.ended_at && (
          <MenuItem onSelect={() => void acts.end(entry)}>
            <CalendarX aria-hidden /> {t('end')}
          </MenuItem>
        )}
        {!entry.struck_at && entry.ended_at && (
          <MenuItem onSelect={() => void acts.resume(entry)}>
            <RotateCcw aria-hidden /> {t('resume')}
          </MenuItem>
        )}
        {mayStrike && !entry.struck_at && (
          <MenuItem onSelect={onStrike}>
            <Ban aria-hidden /> {t('strike')}
          </MenuItem>
        )}
        {mayStrike && entry.struck_at && (
          <MenuItem onSelect={() => void acts.restore(entry)}>
            <RotateCcw aria-hidden /> {t('restore')}
          </MenuItem>
        )}
      </Menu>
    </>
  )
}

function Marks({ entry }: { entry: HistoryEntry }) {
  const t = useTranslations('history')
  const alerts = useTranslations('alerts')
  const grave = entry.severity === 'severe' || entry.severity === 'life_threatening'
  return (
    <>
      {entry.kind === 'allergy' && (
        <Badge tone={!entry.in_force ? 'neutral' : grave ? 'danger' : 'warn'}>
          {alerts(`severities.${entry.severity ?? 'unknown'}`)}
        </Badge>
      )}
      {entry.anticoagulant && <Badge tone={entry.in_force ? 'warn' : 'neutral'}>{alerts('anticoagulant')}</Badge>}
      {entry.controlled !== null && (
        <Badge tone={entry.controlled || !entry.in_force ? 'neutral' : 'warn'}>
          {t(entry.controlled ? 'controls.yes' : 'controls.no')}
        </Badge>
      )}
    </>
  )
}

function Details({ entry }: { entry: HistoryEntry }) {
  const t = useTranslations('history')
  const words = useEntryWords()
  const writing = useWriting()
  const over = entry.until && !entry.in_force && !entry.struck_at
  const facts = [
    entry.reaction,
    entry.dose,
    entry.reason,
    entry.due_on && t('dueWhen', { day: writing.day(entry.due_on) }),
    entry.since && t('sinceWhen', { when: words.partial(entry.since) }),
    over && entry.until && t('ended', { when: words.partial(entry.until) }),
    over && entry.end_reason,
    !over && entry.until && `${t('fields.until')} ${words.partial(entry.until)}`,
    entry.code && `${entry.code_system} ${entry.code}`,
  ].filter(Boolean)
  return (
    <>
      {facts.length > 0 && (
        <span className="text-muted-foreground text-xs">
          {facts.map((fact, at) => (
            <span key={String(fact)}>
              {at > 0 && ' · '}
              <bdi>{fact}</bdi>
            </span>
          ))}
        </span>
      )}
      {entry.note && <bdi className="whitespace-pre-wrap text-muted-foreground text-xs">{entry.note}</bdi>}
      {entry.strike_reason && (
        <span className="text-xs">
          <bdi>{t('struck', { reason: entry.strike_reason })}</bdi>
        </span>
      )}
    </>
  )
}
