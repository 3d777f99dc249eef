import type { Import } from '@chairside/api'
import { Badge, Card, Field } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import type { Correct } from './use-correct'

type Props = { one: Import; correct: Correct['correct'] }
const SEXES = ['female', 'male', 'other', 'unknown'] as const
const STATUSES = ['active', 'archived'] as const

/** What the file's own signs mean. 1 is a woman in one program and a man in another, so nobody guesses that. */
export function Codes({ one, correct }: Props) {
  const t = useTranslations('imports')
  const patients = useTranslations('patients')
  const { guesses, mapping } = one
  if (!guesses || guesses.sexes.length + guesses.statuses.length === 0) return null
  return (
    <Card title={t('codes')}>
      <div className="grid grid-cols-2 gap-x-8 gap-y-5 p-4 max-md:grid-cols-1">
        <Group
          title={t('targets.sex')}
          codes={guesses.sexes}
          choices={SEXES.map(sex => [sex, patients(sex)])}
          unmapped={t('asUnknown')}
          onChoose={(code, meaning) => correct({ ...mapping, sexes: { ...mapping.sexes, [code]: meaning as 'female' } })}
        />
        <Group
          title={t('targets.status')}
          codes={guesses.statuses}
          choices={STATUSES.map(status => [status, t(`standing.${status}`)])}
          unmapped={t('asActive')}
          onChoose={(code, meaning) => correct({ ...mapping, statuses: { ...mapping.statuses, [code]: meaning as 'active' } })}
        />
      </div>
    </Card>
  )
}

type GroupProps = {
  title: string
  codes: { code: string; count: number; meaning: string | null }[]
  choices: [string, string][]
  unmapped: string
  onChoose: (code: string, meaning: string) => void
}

function Group({ title, codes, choices, unmapped, onChoose }: GroupProps) {
  const t = useTranslations('imports')
  if (codes.length === 0) return null
  return (
    <fieldset className="grid content-start gap-2">
      <legend className="mb-2 font-medium text-sm">{title}</legend>
      {codes.map(({ code, count, meaning }) => (
        <div key={code} className="grid grid-cols-[minmax(0,1fr)_11rem] items-start gap-3">
          <span className="flex flex-wrap items-center gap-2 pt-1.5 text-sm">
            <bdi className="rounded bg-muted px-1.5 font-medium">{code || t('blankCode')}</bdi>
            <span className="text-muted-foreground text-xs">{t('rowCount', { count })}</span>
            {meaning === null && <Badge tone="warn">{t('pleaseSay')}</Badge>}
          </span>
          <Field
            label={t('meaningOf', { code })}
            labelHidden
            value={meaning ?? ''}
            choices={[...(meaning === null ? [['', unmapped] as [string, string]] : []), ...choices]}
            onChange={event => event.target.value && onChoose(code, event.target.value)}
          />
        </div>
      ))}
    </fieldset>
  )
}
