import type { Patient, PerioChange, PerioHead, PerioSheet } from '@chairside/api'
import { archOf, deeperBy, type Mouth, PerioGraph, siteOf, sitesOf } from '@chairside/dental/perio'
import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { comparisonQuery } from './queries'
import { usePerioWords } from './use-perio-words'
import { mouthOf } from './wire'

const AT_MOST = 6

/** Up to six exams, one above the other, site by site: what became deeper, and what healed. */
export function Comparison({ patient, exams }: { patient: Patient; exams: PerioHead[] }) {
  const { t } = usePerioWords()
  const writing = useWriting()
  const [chosen, setChosen] = useState(() => exams.slice(0, AT_MOST).map(one => one.id))
  const found = useQuery({ ...comparisonQuery(useSlug(), patient.id, chosen), enabled: chosen.length > 0 })
  return (
    <div>
      <fieldset className="flex flex-wrap gap-x-4 gap-y-1 border-b px-4 py-2 text-sm print:hidden">
        <legend className="sr-only">{t('compareWhich')}</legend>
        {exams.map(one => (
          <label key={one.id} className="flex min-h-6 items-center gap-1.5 pointer-coarse:min-h-11">
            <input
              type="checkbox"
              checked={chosen.includes(one.id)}
              disabled={!chosen.includes(one.id) && chosen.length >= AT_MOST}
              onChange={event => setChosen(event.target.checked ? [...chosen, one.id] : chosen.filter(other => other !== one.id))}
            />
            {writing.day(one.examined_on)}
          </label>
        ))}
      </fieldset>
      {chosen.length > 0 && <Answer to={found}>{({ items, changes }) => <Compared items={items} changes={changes} />}</Answer>}
    </div>
  )
}

function Compared({ items, changes }: { items: PerioSheet[]; changes: PerioChange[][] }) {
  const words = usePerioWords()
  const { t } = words
  const writing = useWriting()
  const mouths = useMemo(() => items.map(mouthOf), [items])
  return (
    <div className="grid gap-4 py-4">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the window is reached by keys */}
      <div data-wide tabIndex={0} className="-outline-offset-2! overflow-x-auto px-4">
        <table className="w-full text-sm tabular-nums [&_td]:px-3 [&_td]:py-1 [&_th]:px-3 [&_th]:py-1 [&_th]:text-start [&_tr]:border-b">
          <caption className="sr-only">{t('compare')}</caption>
          <thead className="text-muted-foreground text-xs">
            <tr>
              <th scope="col">{t('exam')}</th>
              {(['bleeding', 'plaque', 'deep', 'meanDepth', 'meanLoss', 'worse'] as const).map(name => (
                <th key={name} scope="col">
                  {t(`indices.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((one, at) => (
              <tr key={one.id}>
                <th scope="row">{writing.day(one.examined_on)}</th>
                <td>{one.indices.bleeding_percent == null ? '–' : `${one.indices.bleeding_percent} %`}</td>
                <td>{one.indices.plaque_percent == null ? '–' : `${one.indices.plaque_percent} %`}</td>
                <td>
                  <bdi dir="ltr">
                    {[one.indices.sites_at_least_4, one.indices.sites_at_least_5, one.indices.sites_at_least_6].join(' / ')}
                  </bdi>
                </td>
                <td>{one.indices.mean_probing_depth?.toFixed(1) ?? '–'}</td>
                <td>{one.indices.mean_attachment_loss?.toFixed(1) ?? '–'}</td>
                <td>{at === 0 ? '–' : (changes[at - 1]?.length ?? 0)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {[0, 1, 2, 3].map(row => (
        <Row key={words.row(row)} row={row} mouths={mouths} days={items.map(one => writing.day(one.examined_on))} />
      ))}
    </div>
  )
}

function Row({ row, mouths, days }: { row: number; mouths: Mouth[]; days: string[] }) {
  const words = usePerioWords()
  const facial = row === 0 || row === 3
  const last = mouths.at(-1) ?? {}
  return (
    <section aria-label={words.row(row)} className="min-w-0">
      <h3 className="px-4 font-medium text-muted-foreground text-xs">{words.row(row)}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the window is reached by keys */}
      <div dir="ltr" data-wide tabIndex={0} className="-outline-offset-2! overflow-x-auto">
        <div dir="ltr" className="pe-grid pe-dated">
          <div className="pe-strip">
            <span aria-hidden />
            <PerioGraph mouth={last} row={row} label={words.t('graphOf', { row: words.row(row) })} />
          </div>
          <div aria-hidden className="pe-row pe-numbers">
            <span />
            {archOf(row).map(tooth => (
              <div key={tooth}>
                <b>{words.chart.numbers([tooth])}</b>
              </div>
            ))}
          </div>
          {mouths.map((mouth, at) => (
            <div key={days[at]} className="pe-row pe-compared">
              <span className="pe-day">{days[at]}</span>
              {archOf(row).map(tooth => (
                <div key={tooth} className="pe-tooth" data-skipped={mouth[tooth]?.skipped || undefined}>
                  {sitesOf(tooth, facial).map(site => {
                    const spot = { tooth, site }
                    const before = mouths[at - 1]
                    const more = before && deeperBy(before, mouth, spot)
                    const { depth, bleeding } = siteOf(mouth, spot)
                    return (
                      <span
                        key={site}
                        className="pe-was text-center"
                        data-more={more ? (more > 0 ? 'worse' : 'better') : undefined}
                        data-bleeding={bleeding || undefined}
                      >
                        {depth ?? ''}
                      </span>
                    )
                  })}
                </div>
              ))}
            </div>
          ))}
        </div>
      </div>
    </section>
  )
}
