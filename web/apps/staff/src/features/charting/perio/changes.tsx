import type { PerioChange } from '@chairside/api'
import type { Spot } from '@chairside/dental/perio'
import { Card } from '@chairside/ui'
import { useWriting } from '@/lib/clinic'
import { usePerioWords } from './use-perio-words'

type ChangesProps = { changes: PerioChange[]; since: string; onPick: (spot: Spot) => void }

/** What became worse since the signed exam before. */
export function Changes({ changes, since, onPick }: ChangesProps) {
  const { t, spot } = usePerioWords()
  const writing = useWriting()
  return (
    <Card title={t('changes', { day: writing.day(since) })}>
      {changes.length === 0 ? (
        <p className="px-4 py-3 text-muted-foreground text-sm">{t('noChanges')}</p>
      ) : (
        <ul className="max-h-64 overflow-y-auto py-1 text-sm">
          {changes.map(one => (
            <li key={`${one.tooth}${one.site}`}>
              <button
                type="button"
                className="flex min-h-7 w-full flex-wrap items-center gap-x-3 px-4 text-start hover:bg-accent pointer-coarse:min-h-11"
                onClick={() => onPick(one)}
              >
                <bdi dir="ltr" className="w-14 font-medium tabular-nums">
                  {spot(one)}
                </bdi>
                {(one.deeper_by ?? 0) >= 2 && <span>{t('deeperBy', { mm: one.deeper_by ?? 0 })}</span>}
                {(one.attachment_lost ?? 0) >= 2 && <span>{t('lostMore', { mm: one.attachment_lost ?? 0 })}</span>}
                {one.new_bleeding && <span>{t('newBleeding')}</span>}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Card>
  )
}
