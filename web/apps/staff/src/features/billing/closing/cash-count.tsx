import type { Drawer } from '@chairside/api'
import { Card, cn, Input, Segmented } from '@chairside/ui'
import type { KeyboardEvent } from 'react'
import { useTranslations } from 'use-intl'
import { MoneyField } from '@/features/catalog'
import { useWriting } from '@/lib/clinic'
import type { Count } from './model'
import { readCount } from './model'

type CashProps = { drawer: Drawer; count: Count; set: (next: Partial<Count>) => void; cash: number | undefined; error?: string }

/** A column of counts, one key to the next: what each comes to stands beside it at once. Or one sum. */
export function CashCount({ drawer, count, set, cash, error }: CashProps) {
  const t = useTranslations('day.drawer')
  const { money, currency } = useWriting()
  const by = (
    <Segmented
      label={t('cash')}
      value={count.by}
      onChange={value => set({ by: value === 'sum' ? 'sum' : 'notes' })}
      choices={[
        { value: 'notes', label: t('byNotes') },
        { value: 'sum', label: t('oneSum') },
      ]}
    />
  )
  return (
    <Card title={t('cash')} end={<div className="py-1">{by}</div>}>
      {count.by === 'sum' ? (
        <div className="px-4 py-3">
          <MoneyField
            name="cash"
            label={t('inDrawer')}
            error={error}
            autoFocus
            value={count.sum}
            onChange={event => set({ sum: event.target.value })}
          />
        </div>
      ) : (
        <table className="w-full text-sm" onKeyDown={stepInColumn}>
          <caption className="sr-only">{t('byNotes')}</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">{t('note')}</th>
              <th scope="col">{t('count')}</th>
              <th scope="col">{t('sum')}</th>
            </tr>
          </thead>
          <tbody>
            {drawer.denominations.map((value, place) => {
              const typed = count.notes[value] ?? ''
              const many = readCount(typed)
              const note = money({ amount: value, currency })
              return (
                <tr key={value} className="border-b *:py-1">
                  <th scope="row" className="w-32 ps-4 text-end font-normal text-muted-foreground tabular-nums">
                    <bdi>{note}</bdi>
                  </th>
                  <td className="w-24 px-3">
                    <Input
                      aria-label={t('howMany', { note })}
                      aria-invalid={many === undefined || undefined}
                      name={`note-${value}`}
                      dir="ltr"
                      inputMode="numeric"
                      autoComplete="off"
                      autoFocus={place === 0}
                      className="h-8 text-end tabular-nums"
                      value={typed}
                      onFocus={event => event.target.select()}
                      onChange={event => set({ notes: { ...count.notes, [value]: event.target.value } })}
                    />
                  </td>
                  <td className={cn('pe-4 text-end tabular-nums', !many && 'text-muted-foreground')}>
                    <bdi>{many === undefined ? t('notACount') : money({ amount: value * many, currency })}</bdi>
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      <p className="flex min-h-11 items-center gap-3 bg-surface px-4">
        <span className="me-auto font-medium text-sm">{t('counted')}</span>
        <output aria-live="polite" className="font-semibold text-lg tabular-nums">
          <bdi>{cash === undefined ? '–' : money({ amount: cash, currency })}</bdi>
        </output>
      </p>
    </Card>
  )
}

/** Up and down go through the column, as in any table of figures. */
function stepInColumn(event: KeyboardEvent<HTMLTableElement>) {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
  if (!step) return
  const fields = [...event.currentTarget.querySelectorAll('input')]
  const next = fields[fields.indexOf(event.target as HTMLInputElement) + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}
