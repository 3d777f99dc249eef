import { memo } from 'react'
import type { DrawnTooth } from './drawing'
import { fills, partOf, SideMark } from './marks'
import { bitePaths, CROWN, drawnOf, ROOT, widthOf } from './shapes'
import { surfacesOf } from './surfaces'
import { toothOf } from './teeth'

const PARTS = ['outer', 'inner', 'mesial', 'distal', 'middle'] as const
const MILK_ROOT = 44
const MILK_CROWN = 26
export const BITE = 34

/** A tooth from its side and from its bite, with what is said of it. Never mirrored: the patient's right is at the viewer's left. */
export const ToothPicture = memo(function ToothPicture({
  id,
  state,
  on,
}: {
  id: string
  state: DrawnTooth
  on?: readonly string[]
}) {
  const tooth = toothOf(id)
  if (!tooth) return null
  const drawn = drawnOf(tooth)
  const width = widthOf(tooth)
  const [root, crown] = tooth.primary ? [MILK_ROOT, MILK_CROWN] : [ROOT, CROWN]
  const height = root + crown
  const flip = tooth.right ? -1 : 1
  const side = tooth.upper
    ? `translate(${width / 2} ${root}) scale(${flip} 1)`
    : `translate(${width / 2} ${crown + BITE}) scale(${flip} -1)`
  const bite = tooth.upper
    ? `translate(${width / 2} ${height + BITE / 2}) scale(${flip} 1)`
    : `translate(${width / 2} ${BITE / 2}) scale(${flip} -1)`
  const paths = bitePaths(drawn.bite)
  const there = state.presence === 'present' || state.presence === 'unerupted' || state.presence === 'impacted'
  const gone = state.presence === 'missing' || state.presence === 'shed'
  // An implant is not a crown: until one is on it, there is only its place.
  const bare = state.presence === 'implant' && !state.marks.some(one => ['crown', 'bridge', 'denture'].includes(one.condition))
  const faint = gone || bare
  return (
    <svg viewBox={`0 0 ${width} ${height + BITE}`} className="th-tooth block w-full" aria-hidden focusable="false">
      <g
        transform={side}
        className={faint ? 'faint' : state.presence === 'unerupted' || state.presence === 'impacted' ? 'unerupted' : ''}
      >
        <g transform={state.presence === 'impacted' ? 'rotate(28)' : undefined}>
          {(there || gone || state.presence === 'root') &&
            drawn.roots
              .toSorted((a, b) => Number(b.behind) - Number(a.behind))
              .map(one => <path key={one.path} className="root" d={one.path} />)}
          {state.presence !== 'root' && <path className="enamel" d={drawn.crown} />}
          {state.presence === 'root' && <path className="root" d={`M${-drawn.neck} 0 l4 -3 l4 4 l4 -4 l4 4 l4 -4`} />}
        </g>
      </g>
      {state.presence === 'missing' && (
        <path
          className="th-tooth"
          d={`M${width * 0.25} ${height * 0.2} L${width * 0.75} ${height * 0.85} M${width * 0.75} ${height * 0.2} L${width * 0.25} ${height * 0.85}`}
          stroke="var(--th-line)"
          strokeWidth={1.4}
          fill="none"
          transform={tooth.upper ? undefined : `translate(0 ${BITE})`}
        />
      )}
      <g
        transform={bite}
        className={faint ? 'faint' : state.presence === 'unerupted' || state.presence === 'impacted' ? 'unerupted' : ''}
      >
        {PARTS.map(part => (
          <path
            key={part}
            className={on?.some(surface => partOf(surface) === part) ? 'bite on' : 'bite'}
            data-surface={surfacesOf(tooth).find(one => partOf(one) === part)}
            d={paths[part]}
          />
        ))}
        {state.marks.map(mark => (
          <g key={mark.id} className={`th-${mark.layer}`}>
            {[...new Set(fills(mark))].map(part =>
              part in paths ? <path key={part} className="fill" d={paths[part as keyof typeof paths]} /> : null,
            )}
            {mark.surfaces.includes('L5') && (
              <rect
                className="fill"
                x={-drawn.bite.width * 0.25}
                y={drawn.bite.height / 2 + 1}
                width={drawn.bite.width * 0.5}
                height={3}
              />
            )}
          </g>
        ))}
      </g>
      <g transform={side}>
        {state.marks.map(mark => (
          <SideMark key={mark.id} of={mark} drawn={drawn} tooth={id} />
        ))}
      </g>
    </svg>
  )
})

/** The patterns of the layers, once on a page. */
export function Patterns() {
  const line = (id: string, turn: number, gap: number, wide: number) => (
    <pattern
      id={`th-${id}`}
      className={`th-${id}`}
      width={gap}
      height={gap}
      patternUnits="userSpaceOnUse"
      patternTransform={`rotate(${turn})`}
    >
      <rect width={gap} height={gap} fill="var(--th)" fillOpacity={0.14} />
      <rect width={wide} height={gap} fill="var(--th)" />
    </pattern>
  )
  return (
    <svg width={0} height={0} className="absolute" aria-hidden focusable="false">
      <defs>
        {line('planned', 45, 4, 1.6)}
        {line('referred', 0, 3.4, 1)}
        {line('done', 90, 3, 2.2)}
        {line('existing_other', -45, 3, 1.8)}
        <pattern id="th-condition" className="th-condition" width={3.4} height={3.4} patternUnits="userSpaceOnUse">
          <rect width={3.4} height={3.4} fill="var(--th)" fillOpacity={0.3} />
          <circle cx={1.2} cy={1.2} r={1.05} fill="var(--th)" />
        </pattern>
      </defs>
    </svg>
  )
}
