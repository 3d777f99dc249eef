import type { ReactNode } from 'react'
import type { Found } from './drawing'
import { type Drawn, ROOT } from './shapes'

/** What is drawn over a tooth seen from its side, for one finding: the neck at 0, roots above, the crown below, distal to the right. */
export function SideMark({ of, drawn, tooth }: { of: Found; drawn: Drawn; tooth: string }) {
  const { crown, crownHeight: h, crownHalf: half, neck, roots } = drawn
  const draw: Partial<Record<Found['condition'], () => ReactNode>> = {
    crown: () => <path className="fill" d={crown} fillOpacity={0.85} />,
    veneer: () => (
      <path
        className="line thin"
        d={`M${-neck * 0.8} 3 Q${-half * 1.02} ${h * 0.5} ${-half * 0.7} ${h - 2} L${half * 0.7} ${h - 2} Q${half * 1.02} ${h * 0.5} ${neck * 0.8} 3 Z`}
      />
    ),
    root_canal: () => roots.map(root => <path key={root.path} className="line" d={root.canal} />),
    post: () => {
      const root = roots.find(one => !one.behind) ?? roots[0]
      return (
        root && (
          <path className="line thick" d={`M${root.apex[0] * 0.2} ${h * 0.3} L${root.apex[0] * 0.55} ${root.apex[1] * 0.6}`} />
        )
      )
    },
    implant: () => <Screw neck={neck} />,
    extraction: () =>
      of.layer === 'done' ? null : (
        <path className="line" d={`M${-half} ${-ROOT * 0.6} L${half} ${h} M${half} ${-ROOT * 0.6} L${-half} ${h}`} />
      ),
    fracture: () =>
      of.detail === 'root' ? (
        <path className="line" d={`M${-neck} -20 l4 4 l4 -5 l4 5 l4 -5 l4 5`} />
      ) : (
        <path
          className="line"
          d={`M${-half * 0.9} ${h * 0.35} l${half * 0.5} ${h * 0.16} l${-half * 0.1} ${h * 0.12} l${half * 0.7} ${h * 0.1} l${half * 0.5} ${h * 0.2}`}
        />
      ),
    wear: () => <path className="line thin dashed" d={`M${-half} ${h * 0.8} L${half} ${h * 0.8}`} />,
    periapical: () => {
      const root = roots.find(one => !one.behind) ?? roots[0]
      return root && <circle className="fill" cx={root.apex[0]} cy={root.apex[1]} r={5} />
    },
    watch: () => <circle className="line thin" cx={0} cy={h * 0.5} r={5} />,
    failing: () => <path className="line" d={`M0 ${h * 0.2} L0 ${h * 0.6} M0 ${h * 0.82} l0 .1`} />,
    rotation: () => (
      <path className="line thin" d={`M${-half * 0.6} ${h + 4} Q0 ${h + 9} ${half * 0.6} ${h + 4} m-4 -1 l4 1 l-1 4`} />
    ),
    drift: () => (
      <path
        className="line thin"
        d={
          of.detail === 'mesial'
            ? `M${half * 0.7} ${h + 5} L${-half * 0.7} ${h + 5} m4 -3 l-4 3 l4 3`
            : `M${-half * 0.7} ${h + 5} L${half * 0.7} ${h + 5} m-4 -3 l4 3 l-4 3`
        }
      />
    ),
    bridge: () => (
      <>
        <path className="fill" d={crown} fillOpacity={0.85} />
        <Bar of={of} tooth={tooth} width={drawn.width} y={h * 0.45} className="line thick" />
      </>
    ),
    splint: () => (
      <Bar of={of} tooth={tooth} width={drawn.width} y={tooth[0] && Number(tooth[0]) > 4 ? 11 : 14} className="line" />
    ),
    denture: () => <Bar of={of} tooth={tooth} width={drawn.width} y={-5} className="line thick" />,
  }
  const necks = of.surfaces.some(one => one === 'B5' || one === 'F5')
  const outer = of.surfaces.some(one => one === 'B' || one === 'F')
  return (
    <g className={`th-${of.layer}`} data-finding={of.id}>
      {draw[of.condition]?.()}
      {necks && (
        <path className="fill" d={`M${-neck * 0.85} 0.5 Q0 -3.5 ${neck * 0.85} 0.5 L${neck * 0.85} 5 Q0 2 ${-neck * 0.85} 5 Z`} />
      )}
      {outer && !draw[of.condition] && <ellipse className="fill" cx={0} cy={h * 0.5} rx={half * 0.42} ry={h * 0.24} />}
    </g>
  )
}

/** Goes from the middle of its first tooth to the middle of its last, whole over those between. */
function Bar({ of, tooth, width, y, className }: { of: Found; tooth: string; width: number; y: number; className: string }) {
  const first = tooth === of.teeth[0] && of.teeth.length > 1
  const last = tooth === of.teeth.at(-1) && of.teeth.length > 1
  const inward = width / 2
  // Distal is to the right here, and the teeth of a span are named along the arch: which end this is, the neighbour says.
  const side = first ? towards(tooth, of.teeth[1]) : last ? towards(tooth, of.teeth.at(-2)) : 0
  const [from, to] = side === 0 ? [-inward, inward] : side > 0 ? [0, inward] : [-inward, 0]
  return <path className={className} d={`M${from} ${y} L${to} ${y}`} />
}

/** 1 when the neighbour stands distal of the tooth, -1 when mesial: the midline has it mesial. */
function towards(tooth: string, neighbour: string | undefined) {
  if (!neighbour || neighbour[0] !== tooth[0]) return -1
  return Number(neighbour[1]) > Number(tooth[1]) ? 1 : -1
}

function Screw({ neck }: { neck: number }) {
  const half = Math.min(neck * 0.62, 7)
  const threads = [-8, -15, -22, -29, -36].map((y, at) => {
    const wide = half * (1 - at * 0.1)
    return `M${-wide - 1.5} ${y} L${wide + 1.5} ${y - 3}`
  })
  return (
    <>
      <path className="fill" d={`M${-half} 0 L${half} 0 L${half * 0.55} -40 Q0 -46 ${-half * 0.55} -40 Z`} fillOpacity={0.75} />
      <path className="line thin" d={threads.join(' ')} />
    </>
  )
}

/** Of the bite: which of the five parts a finding fills. */
export function fills(of: Found): string[] {
  if (['crown', 'bridge'].includes(of.condition)) return ['outer', 'inner', 'mesial', 'distal', 'middle']
  if (of.condition === 'veneer' && of.surfaces.length === 0) return ['outer']
  if (of.condition === 'sealant' && of.surfaces.length === 0) return ['middle']
  return of.surfaces.map(partOf)
}

export function partOf(surface: string): string {
  return { M: 'mesial', D: 'distal', O: 'middle', I: 'middle', B: 'outer', F: 'outer', L: 'inner' }[surface] ?? 'neck'
}
