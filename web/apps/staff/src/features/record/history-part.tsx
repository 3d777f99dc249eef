import type { MedicalHistory } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { EntryLine } from '@/features/history/entry-line'
import { useWriting } from '@/lib/clinic'
import { Part } from './part'

/** Kind after kind, with what there is none of, or was not asked. */
export function HistoryPart({ history }: { history: MedicalHistory }) {
  const t = useTranslations('record')
  const words = useTranslations('history')
  const writing = useWriting()
  const kinds = Object.entries(history.known) as [keyof MedicalHistory['known'], string][]
  const { reviewed_at, reviewed_by } = history.review
  return (
    <Part title={t('history')} none={false}>
      <p className="text-muted-foreground text-sm">
        {reviewed_at ? words('reviewed', { day: writing.dayOf(reviewed_at), name: reviewed_by ?? '–' }) : words('neverReviewed')}
      </p>
      {kinds.map(([kind, known]) => {
        const entries = history.entries.filter(one => one.kind === kind)
        return (
          <section key={kind} className="grid gap-1">
            <h3 className="font-medium text-sm">{words(`kinds.${kind}`)}</h3>
            {known !== 'some' && (
              <p className="text-muted-foreground text-sm">{words(known === 'none' ? `none.${kind}` : 'notAsked')}</p>
            )}
            {entries.length > 0 && (
              <ul className="rounded-lg border">
                {entries.map(entry => (
                  <EntryLine key={entry.id} entry={entry} />
                ))}
              </ul>
            )}
          </section>
        )
      })}
    </Part>
  )
}
