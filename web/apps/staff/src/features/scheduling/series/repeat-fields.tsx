import { Button, cn, Field, Segmented } from '@chairside/ui'
import { parseDate } from '@internationalized/date'
import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import type { useForm } from '@/lib/form'
import { dayName } from '../setup/weekly'
import { type Draft, MOST, type Unit } from './draft'

type FieldsProps = {
  draft: Draft
  /** The fields that are not right yet. */
  wrong: string[]
  /** The first day. */
  first: string
  form: Pick<ReturnType<typeof useForm>, 'errors'>
  onChange: (change: Partial<Draft>) => void
}
const UNITS: Unit[] = ['day', 'week', 'month']
const WEEK = [1, 2, 3, 4, 5, 6, 7]

/** Every so many, on which days, and when it ends. */
export function RepeatFields({ draft, wrong, first, form, onChange }: FieldsProps) {
  const t = useTranslations('series')
  const problems = useTranslations('problems')
  const { format, today } = useWriting()
  const every = Number(draft.every) || 1
  const between = `1 – ${MOST}`
  const errorOf = (name: string, words: string) => (wrong.includes(name) ? words : form.errors[name])
  const toggle = (day: number) =>
    onChange({ weekdays: draft.weekdays.includes(day) ? draft.weekdays.filter(one => one !== day) : [...draft.weekdays, day] })
  return (
    <>
      <div className="grid grid-cols-[5rem_minmax(0,1fr)] items-start gap-3 sm:grid-cols-[5rem_10rem_minmax(0,1fr)]">
        <Field
          label={t('every')}
          autoFocus
          inputMode="numeric"
          autoComplete="off"
          value={draft.every}
          error={errorOf('every', between)}
          onChange={event => onChange({ every: event.target.value.trim() })}
        />
        <Field
          label={t('unit')}
          value={draft.unit}
          choices={UNITS.map(unit => [unit, t(`units.${unit}`, { every })])}
          onChange={event => onChange({ unit: event.target.value as Unit })}
        />
      </div>
      {draft.unit === 'week' && (
        <fieldset className="grid gap-1.5">
          <legend className="mb-1.5 font-medium text-sm">{t('weekdays')}</legend>
          <div className="flex flex-wrap gap-1">
            {WEEK.map(day => (
              <Button
                key={day}
                size="sm"
                variant="outline"
                className={cn('min-w-11', draft.weekdays.includes(day) && 'border-primary bg-accent font-semibold')}
                aria-pressed={draft.weekdays.includes(day)}
                onClick={() => toggle(day)}
              >
                {dayName(String(day), format, 'short')}
              </Button>
            ))}
          </div>
          {wrong.includes('weekdays') && <p className="text-destructive text-xs">{problems('required')}</p>}
        </fieldset>
      )}
      {draft.unit === 'month' && <p className="text-muted-foreground text-sm">{t('monthDay', { day: parseDate(first).day })}</p>}
      <div className="flex flex-wrap items-end gap-3">
        <Segmented
          label={t('ends')}
          value={draft.ends}
          onChange={ends => onChange({ ends: ends as Draft['ends'] })}
          choices={[
            { value: 'times', label: t('endsTimes') },
            { value: 'until', label: t('endsUntil') },
          ]}
        />
        {draft.ends === 'times' ? (
          <Field
            className="w-28"
            label={t('times')}
            inputMode="numeric"
            autoComplete="off"
            value={draft.times}
            error={errorOf('times', between)}
            onChange={event => onChange({ times: event.target.value.trim() })}
          />
        ) : (
          <Field
            className="w-44"
            label={t('until')}
            type="date"
            min={first}
            max={today.add({ years: 2 }).toString()}
            value={draft.until}
            error={errorOf('until', problems('runs_backward'))}
            onChange={event => onChange({ until: event.target.value })}
          />
        )}
      </div>
    </>
  )
}
