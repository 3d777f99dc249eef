import { archOf, attachmentLoss, cellsOf, type Mouth, SIGNS, siteOf, sitesOf } from '@chairside/dental/perio'
import { usePerioWords } from './use-perio-words'

/** The same in words and figures, a line for each side of each tooth. */
export function TextTwin({ mouth }: { mouth: Mouth }) {
  const { t, chart, row } = usePerioWords()
  const lines = [0, 1, 2, 3].flatMap(at =>
    archOf(at).flatMap(tooth => {
      const cells = cellsOf(mouth, tooth)
      const facial = at === 0 || at === 3
      const sites = sitesOf(tooth, facial).map(site => ({ site, ...siteOf(mouth, { tooth, site }) }))
      if (!cells.skipped && sites.every(site => site.depth == null)) return []
      return [{ key: `${at}${tooth}`, at, tooth, cells, sites }]
    }),
  )
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is wider than the window is reached by keys
    <div data-wide tabIndex={0} className="-outline-offset-2! overflow-x-auto px-4 pb-4">
      <table className="w-full text-sm [&_td]:px-2 [&_td]:py-1 [&_th]:px-2 [&_th]:py-1 [&_th]:text-start [&_tr]:border-b">
        <caption className="sr-only">{t('label')}</caption>
        <thead className="text-muted-foreground text-xs">
          <tr>
            <th scope="col">{t('table.tooth')}</th>
            <th scope="col">{t('table.side')}</th>
            <th scope="col">{t('fields.depth')}</th>
            <th scope="col">{t('fields.margin')}</th>
            <th scope="col">{t('short.loss')}</th>
            <th scope="col">{t('short.signs')}</th>
            <th scope="col">{t('table.tooth2')}</th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, at, tooth, cells, sites }) => (
            <tr key={key}>
              <th scope="row">{chart.numbers([tooth])}</th>
              <td>{row(at)}</td>
              {cells.skipped ? (
                <td colSpan={5}>{t('skipped')}</td>
              ) : (
                <>
                  <td dir="ltr">{sites.map(({ site, depth }) => `${site} ${depth ?? '–'}`).join(' · ')}</td>
                  <td dir="ltr">{sites.map(({ margin }) => margin ?? '–').join(' · ')}</td>
                  <td dir="ltr">{sites.map(site => attachmentLoss(site) ?? '–').join(' · ')}</td>
                  <td>
                    {SIGNS.flatMap(sign => {
                      const there = sites.filter(site => site[sign]).map(({ site }) => site)
                      return there.length ? [`${t(`signs.${sign}`)} ${there.join(' ')}`] : []
                    }).join('; ')}
                  </td>
                  <td>
                    {[
                      cells.mobility != null && t('mobilityOf', { degree: cells.mobility }),
                      ...Object.entries(cells.furcations).map(
                        ([entrance, degree]) => degree && `${t('furcationAt', { entrance })} ${degree}`,
                      ),
                    ]
                      .filter(Boolean)
                      .join('; ')}
                  </td>
                </>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
