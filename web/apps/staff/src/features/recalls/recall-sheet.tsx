import type { Recall, RecallType } from '@chairside/api'
import { Button, Field, TextArea } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { useForm, useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { nameOfCalled, useIntervalWords } from './chip'
import { IntervalFields } from './interval-fields'
import { isInterval, readInterval } from './model'
import { readRecall } from './queries'
import { addRecall, changeRecall, close, type RecallFacts } from './writes'

type AddProps = { patient: { id: string; name: string }; types: RecallType[]; onClose: () => void }

/** A patient is to be called in for something from now on. */
export function NewRecallSheet({ patient, types, onClose }: AddProps) {
  const t = useTranslations('recalls')
  const clinic = useSlug()
  const tell = useTell()
  const words = useIntervalWords()
  const [type, setType] = useState(types[0])
  const form = useForm({
    check: ({ text }) => ({
      'interval/every': isInterval(readInterval(text('interval/every'), text('interval/unit'))) ? undefined : t('everyWrong'),
    }),
    async save({ text }) {
      if (!type) return
      const made = await send(
        addRecall(clinic, {
          patient_id: patient.id,
          type_id: type.id,
          interval: readInterval(text('interval/every'), text('interval/unit')) ?? undefined,
          due_on: text('due_on') || undefined,
          note: text('note') || undefined,
        }),
      )
      tell(t('didAdd', { name: patient.name, type: type.name }), () => send(close(clinic, made, t('reasons.undone'))))
      onClose()
    },
  })
  return (
    <SheetForm title={t('add')} form={form} onClose={onClose}>
      <Field
        {...form.field('type_id')}
        label={t('type')}
        value={type?.id}
        onChange={event => setType(types.find(one => one.id === event.target.value))}
        choices={types.map((one): [string, string] => [one.id, one.name])}
      />
      <IntervalFields form={form} interval={null} hint={type && t('everyHint', { interval: words(type.interval) })} />
      <Field {...form.field('due_on')} type="date" label={t('due')} hint={t('dueHint')} className="w-56" />
      <TextArea {...form.field('note')} label={t('note')} maxLength={2000} />
    </SheetForm>
  )
}

type ChangeProps = { recall: Recall; type: RecallType | undefined; onClose: () => void; onEnd: () => void }

/** Its interval, its day and its note; or that nobody calls for it any more. */
export function RecallSheet({ recall, type, onClose, onEnd }: ChangeProps) {
  const t = useTranslations('recalls')
  const clinic = useSlug()
  const tell = useTell()
  const { day } = useWriting()
  const words = useIntervalWords()
  const met = useMetWords()
  const over = useOver<Recall, Required<RecallFacts>>({
    opened: recall,
    factsOf: one => ({
      interval: one.own_interval ? { every: one.interval.every, unit: one.interval.unit } : null,
      due_on: one.set_due_on,
      note: one.note,
    }),
    read: () => readRecall(clinic, recall.id),
    write: (body, version) => send(changeRecall(clinic, { id: recall.id, version }, body)),
  })
  const form = useForm({
    check: ({ text }) => ({
      'interval/every': isInterval(readInterval(text('interval/every'), text('interval/unit'))) ? undefined : t('everyWrong'),
    }),
    async save({ text }) {
      const interval = readInterval(text('interval/every'), text('interval/unit'))
      const { back, theirs } = await over({ interval, due_on: text('due_on') || null, note: text('note') || null })
      if (theirs) {
        const said: [string, string | null | undefined][] = []
        if ('interval' in theirs) said.push([t('every'), theirs.interval && words(theirs.interval)])
        if ('due_on' in theirs) said.push([t('due'), theirs.due_on && day(theirs.due_on)])
        if ('note' in theirs) said.push([t('note'), theirs.note])
        return form.setTrouble(met(said))
      }
      tell(t('didChange', { name: nameOfCalled(recall), type: recall.type_name }), back)
      onClose()
    },
  })
  return (
    <SheetForm
      title={recall.type_name}
      form={form}
      onClose={onClose}
      start={
        <Button variant="destructive" onClick={onEnd}>
          {t('close')}
        </Button>
      }
    >
      <IntervalFields
        form={form}
        interval={recall.own_interval ? recall.interval : null}
        hint={type && t('everyHint', { interval: words(type.interval) })}
      />
      <Field
        {...form.field('due_on')}
        type="date"
        label={t('due')}
        hint={t('dueHint')}
        defaultValue={recall.set_due_on ?? ''}
        className="w-56"
      />
      <TextArea {...form.field('note')} label={t('note')} defaultValue={recall.note ?? ''} maxLength={2000} />
    </SheetForm>
  )
}
