import type { Import } from '@chairside/api'
import { Badge, Card, Field } from '@chairside/ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import { ENCODINGS, MARKS, ORDERS, SEPARATORS } from './model'
import type { Correct } from './use-correct'
import { NAMES } from './waiting'

type Props = { one: Import; correct: Correct['correct'] }

/** How the file is read, each guess with what it makes of the file's own words. */
export function Reading({ one, correct }: Props) {
  const t = useTranslations('imports')
  const writing = useWriting()
  const { guesses, mapping } = one
  if (!guesses) return null
  const { date_order, decimal_mark, encoding, separator } = guesses
  const read = new Set(one.columns.map(column => column.target))
  return (
    <Card title={t('reading')}>
      <div className="grid grid-cols-2 gap-x-8 gap-y-5 p-4 max-md:grid-cols-1">
        {read.has('birth_date') && (
          <Guess
            confidence={date_order.confidence}
            examples={date_order.examples.map(example => [
              example.text,
              writing.day(example.read, { day: 'numeric', month: 'long', year: 'numeric' }),
            ])}
            contrary={date_order.contrary}
          >
            <Field
              label={t('dateOrder')}
              value={date_order.value}
              choices={ORDERS.map(order => [order, t(`orders.${order}`)])}
              onChange={event => correct({ ...mapping, date_order: event.target.value as 'dmy' })}
            />
          </Guess>
        )}
        {read.has('balance') && (
          <Guess
            confidence={decimal_mark.confidence}
            examples={decimal_mark.examples.map(example => [
              example.text,
              writing.money({ amount: example.read, currency: writing.currency }),
            ])}
            contrary={decimal_mark.contrary}
          >
            <Field
              label={t('decimalMark')}
              value={decimal_mark.value}
              choices={MARKS.map(mark => [mark, t(mark === '.' ? 'marks.point' : 'marks.comma')])}
              onChange={event => correct({ ...mapping, decimal_mark: event.target.value as '.' })}
            />
          </Guess>
        )}
        <Guess confidence={encoding.confidence} examples={encoding.samples.slice(0, 3).map(sample => [sample])}>
          <Field
            label={t('encoding')}
            value={encoding.value}
            choices={choicesWith(ENCODINGS, encoding.value)}
            onChange={event => correct({ ...mapping, encoding: event.target.value })}
          />
        </Guess>
        <Guess confidence={separator.confidence}>
          <Field
            label={t('separator')}
            value={separator.value}
            choices={SEPARATORS.map(mark => [mark, t(`separators.${NAMES[mark]}`)])}
            onChange={event => correct({ ...mapping, separator: event.target.value as ',' })}
          />
        </Guess>
      </div>
    </Card>
  )
}

/** What the server found stands in the list even when this app has no name for it. */
const choicesWith = (known: typeof ENCODINGS, value: string): [string, string][] => [
  ...known.map(([name, label]): [string, string] => [name, label]),
  ...(known.some(([name]) => name === value) ? [] : [[value, value] as [string, string]]),
]

type GuessProps = { confidence: string; examples?: [string, string?][]; contrary?: number; children: ReactNode }

function Guess({ confidence, examples = [], contrary, children }: GuessProps) {
  const t = useTranslations('imports')
  return (
    <div className="grid content-start gap-2">
      {children}
      <div className="flex flex-wrap items-center gap-2 text-xs">
        <Confidence of={confidence} />
        {!!contrary && <span className="text-destructive">{t('contrary', { count: contrary })}</span>}
      </div>
      {examples.length > 0 && (
        <ul className="grid gap-0.5 text-muted-foreground text-sm">
          {examples.slice(0, 3).map(([text, read]) => (
            <li key={text}>
              <bdi className="rounded bg-muted px-1">{text}</bdi>
              {read && (
                <>
                  {' → '}
                  <bdi className="text-foreground">{read}</bdi>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

export function Confidence({ of }: { of: string }) {
  const t = useTranslations('imports.confidence')
  return <Badge tone={of === 'unsure' ? 'warn' : 'neutral'}>{t.has(of as 'certain') ? t(of as 'certain') : of}</Badge>
}
