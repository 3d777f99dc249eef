import {
  archOf,
  attachmentLoss,
  cellsOf,
  deeperBy,
  type Mouth,
  PerioGraph,
  type Probing,
  ROWS,
  rowOf,
  type Site,
  type Spot,
  siteOf,
  sitesOf,
  type ToothCells,
} from '@chairside/dental/perio'
import { type ClipboardEvent, type KeyboardEvent, memo, type Ref, useEffect, useId } from 'react'
import type { usePerioWords } from './use-perio-words'

type Words = ReturnType<typeof usePerioWords>
type GridProps = {
  ref: Ref<HTMLDivElement>
  state: Probing
  before: Mouth | undefined
  editable: boolean
  graph: boolean
  words: Words
  onKey: (event: KeyboardEvent) => void
  onPaste: (event: ClipboardEvent) => void
  onPick: (spot: Spot) => void
}

const SIGNS = ['bleeding', 'suppuration', 'plaque', 'calculus'] as const

/** Four rows of sites under one focus. As the mouth is seen, whatever way the reader's language runs. */
export function Grid({ ref, state, before, editable, graph, words, onKey, onPaste, onPick }: GridProps) {
  const id = useId()
  const { t } = words
  const current = `${id}${state.at.tooth}${state.at.site}`
  useEffect(() => {
    document.getElementById(current)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [current])
  return (
    <div dir="ltr" data-wide className="overflow-x-auto">
      {/* biome-ignore lint/a11y/useSemanticElements: a table has no single focus over many cells */}
      <div
        ref={ref}
        role="grid"
        dir="ltr"
        tabIndex={0}
        aria-label={t('label')}
        aria-readonly={!editable}
        aria-activedescendant={current}
        onKeyDown={onKey}
        onPaste={onPaste}
        className="pe-grid"
      >
        {ROWS.map((row, at) => (
          <div key={numberOf(at)} className="pe-block" data-upper={row.upper || undefined}>
            {graph && (
              <div className="pe-strip">
                <span aria-hidden />
                <PerioGraph mouth={state.mouth} row={at} />
              </div>
            )}
            {/* biome-ignore lint/a11y/useSemanticElements: as above */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus */}
            <div role="row" aria-label={words.row(at)} className="pe-row">
              <Labels facial={row.facial} words={words} before={!!before} />
              {archOf(at).map(tooth => (
                <Tooth
                  key={tooth}
                  id={id}
                  tooth={tooth}
                  facial={row.facial}
                  cells={cellsOf(state.mouth, tooth)}
                  was={before ? cellsOf(before, tooth) : undefined}
                  at={rowOf(state.at) === at && state.at.tooth === tooth ? state.at.site : undefined}
                  measure={state.measure}
                  words={words}
                  onPick={onPick}
                />
              ))}
            </div>
            {at % 2 === 0 && <Numbers at={at} state={state} words={words} />}
          </div>
        ))}
      </div>
    </div>
  )
}

const numberOf = (row: number) => `${ROWS[row]?.upper}${ROWS[row]?.facial}`

function Labels({ facial, words, before }: { facial: boolean; words: Words; before: boolean }) {
  const { t } = words
  return (
    <div aria-hidden className="pe-labels">
      <b>{t(facial ? 'facial' : 'lingual')}</b>
      {before && <span>{t('short.before')}</span>}
      <span>{t('short.margin')}</span>
      <span>{t('short.depth')}</span>
      <span>{t('short.loss')}</span>
      <span>{t('short.signs')}</span>
    </div>
  )
}

/** Between the two rows of a jaw: the number, how far it moves, where its roots part. */
function Numbers({ at, state, words }: { at: number; state: Probing; words: Words }) {
  return (
    <div aria-hidden className="pe-row pe-numbers">
      <span />
      {archOf(at).map(tooth => {
        const { mobility, furcations, skipped } = cellsOf(state.mouth, tooth)
        const parts = Object.entries(furcations).filter(([, degree]) => degree)
        return (
          <div key={tooth} data-on={state.at.tooth === tooth || undefined} data-skipped={skipped || undefined}>
            <b>{words.chart.numbers([tooth])}</b>
            <small>
              {mobility ? `M${mobility} ` : ''}
              {parts.map(([entrance, degree]) => `${entrance.toLowerCase()}${'ⅠⅡⅢ'[(degree ?? 1) - 1]}`).join(' ')}
            </small>
          </div>
        )
      })}
    </div>
  )
}

type ToothProps = {
  id: string
  tooth: string
  facial: boolean
  cells: ToothCells
  was: ToothCells | undefined
  at: Site | undefined
  measure: Probing['measure']
  words: Words
  onPick: (spot: Spot) => void
}

/** Drawn anew only when something of this tooth is new. */
const Tooth = memo(
  function Tooth({ id, tooth, facial, cells, was, at, measure, words, onPick }: ToothProps) {
    const mouth = { [tooth]: cells }
    return (
      <div className="pe-tooth" data-skipped={cells.skipped || undefined}>
        {sitesOf(tooth, facial).map(site => {
          const spot = { tooth, site }
          const said = siteOf(mouth, spot)
          const more = was && deeperBy({ [tooth]: was }, mouth, spot)
          return (
            // biome-ignore lint/a11y/useSemanticElements: as above
            // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
            // biome-ignore lint/a11y/useKeyWithClickEvents: the grid hears the keys
            <div
              key={site}
              id={`${id}${tooth}${site}`}
              role="gridcell"
              aria-label={words.cell(mouth, spot)}
              aria-selected={at === site}
              data-site={`${tooth} ${site}`}
              data-measure={measure}
              className="pe-site"
              onClick={() => onPick(spot)}
            >
              {was && (
                <span className="pe-was" data-more={tone(more)} data-code={siteOf({ [tooth]: was }, spot).depth ?? undefined} />
              )}
              <span className="pe-margin" data-code={said.margin ?? undefined} />
              <span className="pe-depth" data-deep={deep(said.depth)} data-code={said.depth ?? undefined} />
              <span className="pe-loss" data-code={attachmentLoss(said) ?? undefined} />
              <span aria-hidden className="pe-signs">
                {SIGNS.map(sign => said[sign] && <i key={sign} className={sign} />)}
              </span>
            </div>
          )
        })}
      </div>
    )
  },
  (one, other) =>
    one.cells === other.cells &&
    one.was === other.was &&
    one.at === other.at &&
    one.id === other.id &&
    one.tooth === other.tooth &&
    (one.measure === other.measure || (!one.at && !other.at)) &&
    one.words.chart.notation === other.words.chart.notation,
)

const tone = (more: number | undefined) => (more === undefined || more === 0 ? undefined : more > 0 ? 'worse' : 'better')
const deep = (depth: number | null | undefined) =>
  depth == null || depth < 4 ? undefined : depth >= 6 ? '6' : depth >= 5 ? '5' : '4'
