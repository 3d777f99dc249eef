import type { Import } from '@chairside/api'
import { Banner, Field } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { FileDrop } from './file-drop'
import { ENCODINGS, SEPARATORS } from './model'
import { useBring, useGoTo } from './use-bring'
import { useCorrect } from './use-correct'
import { useImportWords } from './use-import-words'

/** No file yet, or one that cannot be read: why, and another one. Sometimes reading it differently is enough. */
export function Waiting({ one }: { one: Import }) {
  const t = useTranslations('imports')
  const words = useImportWords()
  const bring = useBring(useGoTo(one), one)
  const { correct, busy, trouble } = useCorrect(one)
  return (
    <div className="grid gap-5">
      {one.error && (
        <Banner title={words.failure(one.error)}>
          <p>{t('failedAbout')}</p>
        </Banner>
      )}
      {trouble && <Banner title={trouble} />}
      <FileDrop send={bring} />
      {one.error && one.uploaded_at && (
        <fieldset disabled={busy} className="grid grid-cols-2 gap-4 rounded-lg border p-4 max-sm:grid-cols-1">
          <legend className="px-1 font-medium text-sm">{t('readDifferently')}</legend>
          <Field
            label={t('encoding')}
            value={one.mapping.encoding ?? ''}
            choices={[['', t('guess')], ...ENCODINGS.map(([value, label]): [string, string] => [value, label])]}
            onChange={event => correct({ ...one.mapping, encoding: event.target.value || null })}
          />
          <Field
            label={t('separator')}
            value={one.mapping.separator ?? ''}
            choices={[['', t('guess')], ...SEPARATORS.map((mark): [string, string] => [mark, t(`separators.${NAMES[mark]}`)])]}
            onChange={event => correct({ ...one.mapping, separator: (event.target.value || null) as ',' | null })}
          />
        </fieldset>
      )}
    </div>
  )
}

export const NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const
