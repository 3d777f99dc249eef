import type { Finding } from '@chairside/api'
import type { Found } from '@chairside/dental'
import { Button, Empty } from '@chairside/ui'
import { useQuery } from '@tanstack/react-query'
import { Check, RotateCcw, Strikethrough } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { colleaguesQuery } from '@/lib/colleagues'
import { useChartWords } from './use-chart-words'

type Props = {
  findings: Finding[]
  empty: string
  current?: string
  mayWrite: boolean
  onCurrent: (finding: Finding) => void
  onStrike: (finding: Finding) => void
  onRestore: (finding: Finding) => void
  onComplete?: (finding: Finding) => void
}

/** The chart in words, for whoever would rather read it, and where a finding is struck through. */
export function FindingList({ findings, empty, current, mayWrite, ...on }: Props) {
  const t = useTranslations('chart')
  const words = useChartWords()
  const writing = useWriting()
  const colleagues = useQuery(colleaguesQuery(useSlug())).data
  const nameOf = (id: string | null) => colleagues?.find(one => one.id === id)?.name ?? '–'
  if (findings.length === 0) return <Empty title={empty} />
  const done = new Set(findings.filter(one => !one.struck_at).map(one => one.fulfils_id))
  function key(event: KeyboardEvent<HTMLElement>, one: Finding) {
    if ((event.key === 'Delete' || event.key === 'Backspace') && mayWrite && !one.struck_at) {
      event.preventDefault()
      on.onStrike(one)
    }
    const step = event.key === 'ArrowDown' ? 'nextElementSibling' : event.key === 'ArrowUp' ? 'previousElementSibling' : undefined
    const next = step && event.currentTarget.closest('li')?.[step]?.querySelector<HTMLElement>('[data-finding-line]')
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  return (
    <ul aria-label={t('findings')}>
      {findings.map(one => (
        <li
          key={one.id}
          className={`group flex items-center gap-2 border-b px-4 py-1.5 text-sm ${current === one.id ? 'bg-accent' : ''} ${one.struck_at ? 'text-muted-foreground' : ''}`}
        >
          <svg aria-hidden viewBox="0 0 10 10" className={`th-${one.layer} size-3 shrink-0`}>
            <rect className="th-swatch" x={0.5} y={0.5} width={9} height={9} rx={2} />
          </svg>
          <button
            type="button"
            data-finding-line
            aria-pressed={current === one.id}
            onClick={() => on.onCurrent(one)}
            onFocus={() => on.onCurrent(one)}
            onKeyDown={event => key(event, one)}
            className="me-auto grid min-h-8 min-w-0 flex-1 content-center text-start"
          >
            <span className={one.struck_at ? 'line-through' : ''}>
              <bdi className="font-medium">{words.what(one as Found)}</bdi>
              {one.layer !== 'condition' && <span className={`th-${one.layer} th-text text-xs`}> {words.layer(one.layer)}</span>}
            </span>
            <span className="text-muted-foreground text-xs">
              {one.struck_at
                ? t('struckBy', { name: nameOf(one.struck_by), reason: one.strike_reason ?? '' })
                : t('by', { name: nameOf(one.created_by), day: writing.day(one.noted_on) })}
              {one.note && <bdi> · {one.note}</bdi>}
            </span>
          </button>
          {mayWrite && (
            <span className="flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100 print:hidden">
              {on.onComplete && one.layer === 'planned' && !one.struck_at && !done.has(one.id) && (
                <Button size="sm" variant="ghost" onClick={() => on.onComplete?.(one)}>
                  <Check aria-hidden /> {t('complete')}
                </Button>
              )}
              {one.struck_at ? (
                <Button
                  size="icon"
                  variant="ghost"
                  aria-label={`${t('restore')}: ${words.what(one as Found)}`}
                  onClick={() => on.onRestore(one)}
                >
                  <RotateCcw />
                </Button>
              ) : (
                <Button
                  size="icon"
                  variant="ghost"
                  aria-label={`${t('strike')}: ${words.what(one as Found)}`}
                  onClick={() => on.onStrike(one)}
                >
                  <Strikethrough />
                </Button>
              )}
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}
