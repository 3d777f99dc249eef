import { Field, type FrameProps } from '@chairside/ui'
import { parseDate } from '@internationalized/date'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ageOf, useClinic, useWriting } from '@/lib/clinic'
import { doubtOf, exampleOf, readDate } from '@/lib/dates'

type DateFieldProps = FrameProps & { name: string; value: string | null; onChange?: (day: string) => void }

/** Typed as the clinic writes dates; what was understood is said below at once. The form receives YYYY-MM-DD, or what it could not read, and may be given the same again. */
export function DateField({ name, value, onChange, ...frame }: DateFieldProps) {
  const t = useTranslations('patients')
  const writing = useWriting()
  const { locale } = useClinic()
  const show = (day: string) =>
    new Intl.DateTimeFormat(locale, {
      day: '2-digit',
      month: '2-digit',
      year: 'numeric',
      timeZone: 'UTC',
      numberingSystem: 'latn',
    }).format(parseDate(day).toDate('UTC'))
  const [text, setText] = useState(value && /^\d{4}-\d\d-\d\d$/.test(value) ? show(value) : (value ?? ''))
  const day = readDate(text, locale, writing.today)?.toString()
  const doubt = day && doubtOf(parseDate(day), writing.today)
  const understood = day && (
    <>
      <bdi>{writing.day(day, { day: 'numeric', month: 'long', year: 'numeric' })}</bdi>
      {' · '}
      {doubt === 'future' ? t('notBornYet') : t('age', { count: ageOf(day, writing.today) })}
      {doubt === 'old' && ` · ${t('veryOld')}`}
    </>
  )
  return (
    <div data-field={name} className={frame.className}>
      <Field
        {...frame}
        className={undefined}
        dir="ltr"
        inputMode="numeric"
        autoComplete="off"
        placeholder={exampleOf(locale)}
        value={text}
        hint={
          doubt ? (
            <span className="font-medium text-warn">{understood}</span>
          ) : (
            understood || (text && t('dateUnread', { example: exampleOf(locale) }))
          )
        }
        onChange={event => {
          setText(event.target.value)
          onChange?.(readDate(event.target.value, locale, writing.today)?.toString() ?? '')
        }}
      />
      <input type="hidden" name={name} value={day ?? text} required={frame.required} />
    </div>
  )
}
