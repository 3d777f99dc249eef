import { archOf, type Mouth, ROWS, siteOf, sitesOf } from './sites'

const TALL = 12
const HIGH = 3
/** Of one row, by its number: from the viewer's left, of each tooth the stretches between margin and bottom of the pocket. */
export function stretchesOf(mouth: Mouth, row: number) {
  const facial = ROWS[row]?.facial ?? true
  return archOf(row).flatMap((tooth, place) => {
    const points = sitesOf(tooth, facial).flatMap((site, at) => {
      const { depth, margin } = siteOf(mouth, { tooth, site })
      if (depth == null) return []
      return [{ x: place * 3 + at + 0.5, margin: margin ?? 0, bottom: (margin ?? 0) + depth, known: margin != null }]
    })
    return points.length ? [{ tooth, points }] : []
  })
}

type GraphProps = {
  mouth: Mouth
  row: number
  /** Without one it is drawn beside what says the same in words. */
  label?: string
}

/** The enamel line, the margin, the attachment level and the pocket between: towards the root is up where `ROWS` has it up. */
export function PerioGraph({ mouth, row, label }: GraphProps) {
  const up = row % 2 === 0
  const y = (mm: number) => (up ? TALL - Math.min(mm, TALL) : Math.min(mm, TALL) + HIGH)
  const line = (points: { x: number }[], of: (one: never) => number) =>
    points.map(one => `${one.x},${y(of(one as never))}`).join(' ')
  return (
    <svg
      role={label ? 'img' : undefined}
      aria-label={label}
      aria-hidden={!label}
      className="pe-graph"
      viewBox={`0 0 48 ${TALL + HIGH}`}
      preserveAspectRatio="none"
    >
      {[2, 4, 6, 8, 10].map(mm => (
        <line key={mm} className="grid" x1={0} x2={48} y1={y(mm)} y2={y(mm)} />
      ))}
      <line className="cej" x1={0} x2={48} y1={y(0)} y2={y(0)} />
      {stretchesOf(mouth, row).map(({ tooth, points }) => (
        <g key={tooth} className={points.every(one => one.known) ? undefined : 'guessed'}>
          <polygon
            className="pocket"
            points={`${line(points, (one: { margin: number }) => one.margin)} ${line(points.toReversed(), (one: { bottom: number }) => one.bottom)}`}
          />
          <polyline className="margin" points={line(points, (one: { margin: number }) => one.margin)} />
          <polyline className="level" points={line(points, (one: { bottom: number }) => one.bottom)} />
        </g>
      ))}
    </svg>
  )
}
