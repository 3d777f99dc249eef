import type { Import } from '@chairside/api'
import { Card, Field } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { retarget, TARGETS } from './model'
import { Confidence } from './reading'
import type { Correct } from './use-correct'
import { useImportWords } from './use-import-words'

type Props = { one: Import; correct: Correct['correct'] }

/** What each column of the file becomes. */
export function Columns({ one, correct }: Props) {
  const t = useTranslations('imports')
  const words = useImportWords()
  return (
    <Card title={t('columns')}>
      <table className="w-full text-sm [&_tbody>tr:last-child]:border-b-0">
        <caption className="sr-only">{t('columns')}</caption>
        <thead className="border-b text-muted-foreground text-xs *:*:h-9 *:*:px-4 *:*:text-start *:*:font-medium">
          <tr>
            <th scope="col">{t('column')}</th>
            <th scope="col" className="max-md:hidden">
              {t('samples')}
            </th>
            <th scope="col">{t('becomes')}</th>
            <th scope="col" className="max-sm:hidden">
              <span className="sr-only">{t('sure')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {one.columns.map(column => (
            <tr key={column.name} className="border-b *:px-4 *:py-1.5 max-sm:*:px-3">
              <th scope="row" className="text-start font-medium">
                <bdi className="break-all">{column.name}</bdi>
                <bdi className="block truncate font-normal text-muted-foreground text-xs md:hidden">{column.samples[0]}</bdi>
              </th>
              <td className="max-w-72 max-md:hidden">
                <span className="flex gap-1.5 overflow-hidden text-muted-foreground">
                  {column.samples.slice(0, 3).map(sample => (
                    <bdi key={sample} className="max-w-40 truncate rounded bg-muted px-1">
                      {sample}
                    </bdi>
                  ))}
                </span>
              </td>
              <td className="w-64 max-sm:w-52">
                <Field
                  label={t('becomesOf', { column: column.name })}
                  labelHidden
                  value={column.target}
                  choices={TARGETS.map(target => [target, words.target(target)])}
                  onChange={event => correct(retarget(one, column.name, event.target.value))}
                />
              </td>
              <td className="w-28 max-sm:hidden">
                <Confidence of={column.confidence} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
