import type { Import } from '@chairside/api'
import { Badge, Button, Card } from '@chairside/ui'
import { Download } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { refusedRows } from './queries'
import { useImportWords } from './use-import-words'

const FIRST = 20

/** Row by row, what is wrong; and the refused rows as a file, to be mended and brought again. */
export function Problems({ one }: { one: Import }) {
  const t = useTranslations('imports')
  const clinic = useSlug()
  const words = useImportWords()
  const [shown, show] = useState(FIRST)
  const refused = one.counts?.refused ?? 0
  if (one.problems.length === 0 && refused === 0) return null
  return (
    <Card
      title={t('problemsTitle')}
      end={
        refused > 0 &&
        one.problems.length > 0 && (
          <Button asChild size="sm" variant="outline">
            <a href={refusedRows(clinic, one.id)} download>
              <Download aria-hidden /> {t('downloadRefused')}
            </a>
          </Button>
        )
      }
    >
      {one.reasons.length > 0 && (
        <ul aria-label={t('reasons')} className="flex flex-wrap gap-2 border-b px-4 py-3">
          {one.reasons.map(reason => (
            <li key={`${reason.field} ${reason.code}`} className="rounded-md bg-muted px-2 py-0.5 text-sm">
              {words.problem({ ...reason, detail: reason.code })} <b className="font-semibold tabular-nums">{reason.rows}</b>
            </li>
          ))}
        </ul>
      )}
      {one.problems.length === 0 ? (
        <p className="px-4 py-3 text-muted-foreground text-sm">{t('forgotten')}</p>
      ) : (
        <>
          <table className="w-full text-sm">
            <caption className="sr-only">{t('problemsTitle')}</caption>
            <thead className="border-b bg-background text-muted-foreground text-xs *:*:h-9 *:*:px-4 *:*:text-start *:*:font-medium">
              <tr>
                <th scope="col" className="max-sm:w-24">
                  {t('row')}
                </th>
                <th scope="col" className="max-sm:hidden">
                  {t('targets.register_number')}
                </th>
                <th scope="col">{t('reason')}</th>
                <th scope="col" className="max-sm:hidden">
                  {t('says')}
                </th>
                <th scope="col" className="max-sm:hidden">
                  {t('outcome')}
                </th>
              </tr>
            </thead>
            <tbody>
              {one.problems.slice(0, shown).map(problem => (
                <tr key={`${problem.row} ${problem.field} ${problem.code}`} className="border-b align-baseline *:px-4 *:py-2">
                  <td className="tabular-nums">{problem.row}</td>
                  <td className="text-muted-foreground max-sm:hidden">
                    <bdi>{problem.register_number}</bdi>
                  </td>
                  <td>
                    {words.problem(problem)}
                    <span className="mt-1 flex flex-wrap items-center gap-2 sm:hidden">
                      <Outcome of={problem} />
                      {problem.value && <bdi className="min-w-0 truncate rounded bg-muted px-1">{problem.value}</bdi>}
                    </span>
                  </td>
                  <td className="max-w-60 max-sm:hidden">
                    {problem.value && (
                      <bdi className="block w-fit max-w-full truncate rounded bg-muted px-1">{problem.value}</bdi>
                    )}
                  </td>
                  <td className="max-sm:hidden">
                    <Outcome of={problem} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          {one.problems.length > shown && (
            <div className="grid place-items-center p-3">
              <Button size="sm" variant="outline" onClick={() => show(shown + 200)}>
                {t('showMore', { count: one.problems.length - shown })}
              </Button>
            </div>
          )}
        </>
      )}
    </Card>
  )
}

function Outcome({ of }: { of: Pick<Import['problems'][number], 'outcome'> }) {
  const t = useTranslations('imports.outcomes')
  return <Badge tone={of.outcome === 'refused' ? 'danger' : 'warn'}>{t(of.outcome)}</Badge>
}
