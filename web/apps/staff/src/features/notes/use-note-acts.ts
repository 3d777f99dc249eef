import type { Note } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { addToNote, askCosigner, askNoCosigner, cosignNote, handOver, restoreNote, strikeNote, type Target } from './writes'

/** What can be done with a note that is not being written: said when accepted, and what is not signed is offered back. */
export function useNoteActs() {
  const t = useTranslations('notes.did')
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  return {
    strike: (note: Target, reason: string) =>
      send(strikeNote(clinic, note, reason)).then(now => tell(t('struck'), () => send(restoreNote(clinic, now))), regret),
    restore: (note: Note) =>
      send(restoreNote(clinic, note)).then(
        now => tell(t('restored'), () => send(strikeNote(clinic, now, note.strike_reason ?? ''))),
        regret,
      ),
    askCosigner: (note: Target, member: string) =>
      send(askCosigner(clinic, note, member)).then(now => tell(t('asked'), () => send(askNoCosigner(clinic, now))), regret),
    askNoCosigner: (note: Note) =>
      send(askNoCosigner(clinic, note)).then(
        now => tell(t('notAsked'), () => send(askCosigner(clinic, now, note.cosigner_id ?? ''))),
        regret,
      ),
    cosign: (note: Note) => send(cosignNote(clinic, note)).then(() => tell(t('cosigned')), regret),
    handOver: (note: Target, member: string) => send(handOver(clinic, note, member)).then(() => tell(t('handedOver')), regret),
    /** Whether it was added. */
    add: (note: Target, body: string) =>
      send(addToNote(clinic, note, body)).then(
        () => {
          tell(t('added'))
          return true
        },
        error => {
          regret(error)
          return false
        },
      ),
  }
}
export type NoteActs = ReturnType<typeof useNoteActs>
