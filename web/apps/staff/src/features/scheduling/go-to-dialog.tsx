import { Button, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import type { CalendarDate } from '@internationalized/date'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useClinic, useWriting } from '@/lib/clinic'
import { readDay } from './go-to'
import { Month } from './month'
import { useDayWords } from './use-day-words'

/** Offered at one click: when people are asked to come back. */
const AWAY = ['+1w', '+2w', '+3m', '+6m'] as const

type GoToProps = { date: CalendarDate; onDate: (date: CalendarDate) => void; onClose: () => void }

/** A day of the schedule, typed as one says it or chosen from a month. What was understood is said at once. */
export function GoToDialog({ date, onDate, onClose }: GoToProps) {
  const t = useTranslations('schedule')
  const states = useTranslations('states')
  const { today } = useWriting()
  const { locale } = useClinic()
  const words = useDayWords()
  const [text, setText] = useState('')
  const [at, setAt] = useState(date)
  const read = readDay(text, locale, today)
  const picked = text ? read : at
  const example = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'numeric', numberingSystem: 'latn' }).format(
    new Date(2027, 4, 21),
  )
  function type(typed: string) {
    setText(typed)
    const day = readDay(typed, locale, today)
    if (day) setAt(day)
  }
  function look(day: CalendarDate) {
    setText('')
    setAt(day)
  }
  function go(day = picked) {
    if (!day) return
    onClose()
    onDate(day)
  }
  return (
    <Dialog open onClose={onClose} title={t('goToDate')} close={states('close')} className="max-w-[24rem]">
      <form
        noValidate
        onSubmit={event => {
          event.preventDefault()
          go()
        }}
        className="flex min-h-0 flex-col"
      >
        <div className="grid gap-4 overflow-y-auto px-5 pt-3 pb-4">
          <Field
            label={t('date')}
            autoFocus
            autoComplete="off"
            dir="ltr"
            value={text}
            placeholder={`${example}, +6m, +2w`}
            error={text && !read ? t('dateUnread', { example }) : undefined}
            hint={picked && [words.full(picked), words.away(picked)].filter(Boolean).join(' · ')}
            onChange={event => type(event.target.value)}
          />
          <div className="flex flex-wrap gap-1.5">
            {AWAY.map(away => (
              <Button key={away} size="sm" variant="outline" onClick={() => go(readDay(away, locale, today))}>
                {t(`away.${away.slice(1) as '1w'}`)}
              </Button>
            ))}
          </div>
          <Month at={at} onAt={look} onPick={go} picked={picked} />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={!picked}>
            {t('go')} <Kbd keys="Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
