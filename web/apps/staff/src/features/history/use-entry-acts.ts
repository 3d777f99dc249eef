import type { HistoryEntry, MedicalHistory } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { isStale } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { useEntryWords } from './use-entry-words'
import { askAgain, endEntry, type Kind, restoreEntry, resumeEntry, reviewHistory, sayNone, strikeEntry } from './writes'

/** What can be done with an entry or the whole: said when accepted, offered back for ten seconds. */
export function useEntryActs() {
  const t = useTranslations('history')
  const clinic = useSlug()
  const words = useEntryWords()
  const tell = useTell()
  const regret = useRegret()
  const mayStrike = useMay('history.strike')
  return {
    end: (entry: HistoryEntry) =>
      send(endEntry(clinic, entry)).then(
        now => tell(t('did.ended', { name: words.name(entry) }), () => send(resumeEntry(clinic, now))),
        regret,
      ),
    resume: (entry: HistoryEntry) =>
      send(resumeEntry(clinic, entry)).then(now => {
        const was = { until: entry.until ?? undefined, reason: entry.end_reason ?? undefined }
        tell(t('did.resumed', { name: words.name(entry) }), () => send(endEntry(clinic, now, was)))
      }, regret),
    strike: (entry: HistoryEntry, reason: string) =>
      send(strikeEntry(clinic, entry, reason)).then(
        now => tell(t('did.struck', { name: words.name(entry) }), () => send(restoreEntry(clinic, now))),
        regret,
      ),
    restore: (entry: HistoryEntry) =>
      send(restoreEntry(clinic, entry)).then(now => {
        const back = () => send(strikeEntry(clinic, now, entry.strike_reason ?? ''))
        tell(t('did.restored', { name: words.name(entry) }), mayStrike ? back : undefined)
      }, regret),
    none: (patient: string, kind: Kind) =>
      send(sayNone(clinic, patient, kind)).then(
        () => tell(t('did.none', { name: t(`none.${kind}`) }), () => send(askAgain(clinic, patient, kind))),
        regret,
      ),
    ask: (patient: string, kind: Kind) =>
      send(askAgain(clinic, patient, kind)).then(
        () => tell(t('did.asked', { name: t(`kinds.${kind}`) }), () => send(sayNone(clinic, patient, kind))),
        regret,
      ),
    /** `stale`: somebody changed it since it was shown; then it is not said that it was looked through. */
    review: (history: MedicalHistory, stale: () => void) =>
      send(reviewHistory(clinic, history)).then(
        () => tell(t('didReview')),
        error => (isStale(error) ? stale() : regret(error)),
      ),
  }
}
