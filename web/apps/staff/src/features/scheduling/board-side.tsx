import { needWords } from '@chairside/i18n'
import { Dialog, Empty } from '@chairside/ui'
import { MousePointerClick } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useTranslations } from 'use-intl'
import { useWide } from '@/lib/screen'
import { Legend } from './legend'
import type { Board } from './use-board'
import { VisitNotes } from './visit-notes'
import { VisitPanel } from './visit-panel'

const SessionPanel = lazy(() => Promise.all([import('./groups/session-panel'), needWords('groups')]).then(([module]) => module))
const SeatPart = lazy(() => Promise.all([import('./groups/seat-part'), needWords('groups')]).then(([module]) => module))
const SeriesPart = lazy(() => Promise.all([import('./series/series-part'), needWords('series')]).then(([module]) => module))

/** The chosen visit: beside the day where there is room, over its lower edge where there is none. */
export function BoardSide({ board }: { board: Board }) {
  const t = useTranslations('schedule')
  const wide = useWide()
  const { chosen, block, writes, mayBook, mayBookFor } = board
  const isToCome =
    chosen && mayBookFor(chosen.visit.provider_id) && ['requested', 'scheduled', 'confirmed'].includes(chosen.status)
  const panel = chosen?.session ? (
    <Suspense>
      <SessionPanel board={board} item={chosen} />
    </Suspense>
  ) : (
    chosen && (
      <VisitPanel
        item={chosen}
        verbs={board.verbs}
        where={board.whereOf(chosen)}
        series={
          block?.session ? (
            <Suspense>
              <SeatPart block={block} onOpen={() => board.set({ visit: block.id })} />
            </Suspense>
          ) : (
            chosen.visit.series_id && (
              <Suspense>
                <SeriesPart
                  key={chosen.id}
                  visit={chosen.visit}
                  onMove={isToCome ? () => board.setOpen({ kind: 'move-series', item: chosen }) : undefined}
                  onCancel={isToCome ? () => board.setOpen({ kind: 'cancel-series', item: chosen }) : undefined}
                />
              </Suspense>
            )
          )
        }
        notes={
          <VisitNotes
            key={chosen.id}
            visit={chosen.visit}
            onSave={mayBookFor(chosen.visit.provider_id) ? notes => writes.annotate(chosen.visit, notes) : undefined}
          />
        }
      />
    )
  )
  return (
    <>
      <aside aria-label={t('details')} className="w-72 shrink-0 overflow-y-auto border-s max-lg:hidden">
        {panel ?? (
          <>
            <Empty icon={MousePointerClick} title={t('select')} about={t(mayBook ? 'selectAbout' : 'selectOnly')} />
            <Legend />
          </>
        )}
      </aside>
      <Dialog
        open={!!panel && !wide && !board.moving.moving && !board.open && !writes.insisting}
        onClose={() => board.set({ visit: undefined })}
        at="bottom"
        title={t('details')}
        titleHidden
      >
        {panel}
      </Dialog>
    </>
  )
}
