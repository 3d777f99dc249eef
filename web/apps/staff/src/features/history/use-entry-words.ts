import type { HistoryEntry } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import type { Fact } from './model'

/** What an entry and its fields are called, and how their values are written. */
export function useEntryWords() {
  const t = useTranslations('history')
  const alerts = useTranslations('alerts')
  const writing = useWriting()
  /** A year, a month or a day, as the reader writes them. */
  const partial = (written: string) => {
    const parts = written.split('-')
    if (parts.length === 1) return written
    if (parts.length === 2) return writing.day(`${written}-01`, { month: 'short', year: 'numeric' })
    return writing.day(written)
  }
  const value = (fact: Fact, what: unknown): string => {
    if (what === null || what === undefined || what === '') return '–'
    if (fact === 'controlled') return t(what ? 'controls.yes' : 'controls.no')
    if (typeof what === 'boolean') return t(what ? 'yes' : 'no')
    if (fact === 'severity') return alerts(`severities.${what as 'mild'}`)
    if (fact === 'due_on') return writing.day(String(what))
    return fact === 'since' || fact === 'until' ? partial(String(what)) : String(what)
  }
  return {
    partial,
    value,
    field: (fact: Fact) => t(`fields.${fact}`),
    name: (entry: Pick<HistoryEntry, 'name'>) => entry.name ?? t('pregnancyName'),
  }
}
