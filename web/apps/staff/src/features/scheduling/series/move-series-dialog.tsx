import type { DayVisit } from '@chairside/api'
import { Button, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { parseDate, parseTime, toCalendarDateTime, toZoned } from '@internationalized/date'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { TimeField } from '@/lib/time-field'
import { useDayWords } from '../use-day-words'
import { clockIn } from './when'
import { moveSeries } from './writes'

type MoveProps = { visit: DayVisit; onMoved: (id: string, date: string) => void; onClose: () => void }

/** Asks when this one begins: those that follow move by as much. */
export default function MoveSeriesDialog({ visit, onMoved, onClose }: MoveProps) {
  const t = useTranslations('series')
  const states = useTranslations('states')
  const clinic = useSlug()
  const writing = useWriting()
  const words = useDayWords()
  const once = useOnce()
  const tell = useTell()
  const { patient, series_id, series_number, starts_at } = visit
  const [date, setDate] = useState(writing.dateOf(starts_at))
  const [time, setTime] = useState(clockIn(writing.timezone, starts_at))
  const at = toZoned(toCalendarDateTime(parseDate(date), parseTime(time)), writing.timezone).toAbsoluteString()
  const isThere = Date.parse(at) === Date.parse(starts_at)
  const list = (days: string[]) => days.map(words.short).join('; ')
  const form = useForm({
    async save() {
      const [id, number] = [series_id ?? '', series_number ?? 1]
      const { series, outside } = await once(moveSeries(clinic, id, number, at))
      onClose()
      onMoved(visit.id, date)
      const count = series.visits.filter(one => one.number >= number && WAITING.includes(one.status)).length
      const about = outside.length ? t('outside', { when: list(outside) }) : undefined
      tell(t('moved', { count, name: patient.name }), () => send(moveSeries(clinic, id, number, starts_at)), { about })
    },
    refused({ problem }) {
      const clashes = problem.facts?.clashes as { on: string }[] | undefined
      if (!clashes) return false
      form.setTrouble(t('takenOn', { when: list(clashes.map(one => one.on)) }))
      return true
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('move')}
      about={
        <>
          <bdi>{patient.name}</bdi> · <bdi>{writing.dayOf(starts_at)}</bdi>. {t('moveAbout')}
        </>
      }
      close={states('close')}
      className="max-w-md"
    >
      <form {...form.props}>
        <div className="grid gap-3 px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          <div className="flex flex-wrap items-end gap-3">
            <Field
              label={t('otherDay')}
              type="date"
              autoFocus
              value={date}
              onChange={event => event.target.value && setDate(event.target.value)}
            />
            <TimeField label={t('otherTime')} value={time} onChange={setTime} className="h-9 w-28" />
          </div>
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy || isThere}>
            {t('moveConfirm')} <Kbd keys="Mod+Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

const WAITING = ['requested', 'scheduled', 'confirmed']
