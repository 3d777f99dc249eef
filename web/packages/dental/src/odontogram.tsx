import type { KeyboardEvent, MouseEvent, ReactNode } from 'react'
import { SHORT } from './conditions'
import type { DrawnTooth, Presence } from './drawing'
import { widthOf } from './shapes'
import { LOWER, type Notation, numberOf, PRIMARY_LOWER, PRIMARY_UPPER, type Tooth, toothOf, UPPER } from './teeth'
import { Patterns, ToothPicture } from './tooth-picture'

export type OdontogramProps = {
  label: string
  teeth: ReadonlyMap<string, DrawnTooth>
  presence: (id: string) => Presence
  primary: boolean
  notation: Notation
  selected: readonly string[]
  /** Of the teeth selected. */
  surfaces: readonly string[]
  current: string
  /** What is said of a tooth, in words. */
  wordsOf: (id: string) => string
  onTooth: (id: string, more: { add: boolean; run: boolean; surface?: string }) => void
  onKey?: (event: KeyboardEvent) => void
}

const EMPTY: DrawnTooth = { presence: 'present', marks: [] }

/** The mouth as one looks at it, in every language the same way round: rows of teeth, each one a cell that can be reached by arrows. */
export function Odontogram(props: OdontogramProps) {
  const extras = [...props.teeth.keys()].filter(id => id.includes('+'))
  const rows = rowsOf(props.primary)
  function click(event: MouseEvent) {
    const at = event.target as Element
    const id = at.closest('[data-tooth]')?.getAttribute('data-tooth')
    if (!id) return
    const surface = at.closest('[data-surface]')?.getAttribute('data-surface') ?? undefined
    props.onTooth(id, { add: event.ctrlKey || event.metaKey, run: event.shiftKey, surface })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: teeth stand in a bow, not in a table
    <div
      role="grid"
      dir="ltr"
      aria-label={props.label}
      aria-multiselectable
      className="grid min-w-0 gap-y-1"
      onClick={click}
      onKeyDown={props.onKey}
    >
      <Patterns />
      {rows.map(row => (
        // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above
        <div role="row" key={row[0]} className="flex items-end justify-center" style={{ paddingInline: rowInset(row) }}>
          {row.map(id => (
            <Cell key={id} id={id} {...props} extras={extras.filter(extra => extra.startsWith(`${id}+`))} />
          ))}
        </div>
      ))}
    </div>
  )
}

const rowsOf = (primary: boolean) => (primary ? [UPPER, PRIMARY_UPPER, PRIMARY_LOWER, LOWER] : [UPPER, LOWER])
const WIDTH = UPPER.reduce((sum, id) => sum + widthOf(toothOf(id) as Tooth), 0)
const rowInset = (row: string[]) => {
  const own = row.reduce((sum, id) => sum + widthOf(toothOf(id) as Tooth), 0)
  return `${((1 - own / WIDTH) / 2) * 100}%`
}

function Cell({ id, extras, ...props }: OdontogramProps & { id: string; extras: string[] }) {
  const tooth = toothOf(id) as Tooth
  const state = props.teeth.get(id) ?? { ...EMPTY, presence: props.presence(id) }
  const chosen = props.selected.includes(id)
  const number = (
    <span
      className={`text-center text-2xs tabular-nums leading-4 ${chosen ? 'font-semibold text-foreground' : 'text-muted-foreground'}`}
    >
      {numberOf(id, props.notation)}
    </span>
  )
  const codes = <Codes state={state} extras={extras} props={props} />
  return (
    // biome-ignore lint/a11y/useSemanticElements: as above
    <div
      role="gridcell"
      data-tooth={id}
      tabIndex={props.current === id ? 0 : -1}
      aria-selected={chosen}
      aria-label={props.wordsOf(id)}
      className="th-cell -outline-offset-2! flex min-w-0 flex-col rounded-md"
      style={{ flex: `${widthOf(tooth)} 1 0` }}
    >
      {tooth.upper ? codes : number}
      <ToothPicture id={id} state={state} on={chosen ? props.surfaces : undefined} />
      {tooth.upper ? number : codes}
    </div>
  )
}

/** Letters beside the colours, the latest first: drawn, since the cell's name says them in words. */
function Codes({ state, extras, props }: { state: DrawnTooth; extras: string[]; props: OdontogramProps }): ReactNode {
  const marks = [...state.marks].reverse().slice(0, 3)
  return (
    <span aria-hidden className="flex h-4 flex-wrap justify-center gap-x-1 overflow-hidden font-semibold text-2xs leading-4">
      {marks.map(mark => (
        <span key={mark.id} className={`th-${mark.layer} th-text th-code uppercase`} data-code={SHORT[mark.condition]} />
      ))}
      {extras.map(extra => {
        const mark = props.teeth.get(extra)?.marks[0]
        return (
          <span
            key={extra}
            data-tooth={extra}
            data-code={`+${extra.split('+')[1]}${mark ? SHORT[mark.condition] : ''}`}
            className="th-code rounded-sm border px-0.5 text-muted-foreground"
          />
        )
      })}
    </span>
  )
}

/** Where an arrow leads from a tooth. */
export function neighbour(id: string, key: string, primary: boolean): string | undefined {
  const rows = rowsOf(primary)
  const y = rows.findIndex(row => row.includes(id))
  const row = rows[y]
  if (!row) return undefined
  const x = row.indexOf(id)
  if (key === 'ArrowLeft') return row[x - 1]
  if (key === 'ArrowRight') return row[x + 1]
  if (key === 'Home') return row[0]
  if (key === 'End') return row.at(-1)
  const next = rows[key === 'ArrowUp' ? y - 1 : key === 'ArrowDown' ? y + 1 : -1]
  if (!next) return undefined
  const inset = (next.length - row.length) / 2
  return next[Math.min(Math.max(x + inset, 0), next.length - 1)]
}
