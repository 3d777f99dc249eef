import { type DayPatient, deliver, type Service } from '@chairside/api'
import { Button, cn, Dialog, DialogFoot, Kbd, Loading } from '@chairside/ui'
import { parseDate } from '@internationalized/date'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Answer } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import type { Slot } from '../model'
import { letGo } from '../writes'
import { type Choice, type Choices, type Draft, decided, repeatOf, rowsOf, wrongIn } from './draft'
import { previewQuery } from './queries'
import { RepeatFields } from './repeat-fields'
import { RepeatRow } from './repeat-row'
import { clockIn } from './when'
import { bookSeries, cancelSeries } from './writes'

export type Repeated = { patient: DayPatient; service: Service; slot: Slot; where: string; hold_id?: string }
type RepeatProps = { of: Repeated; onBooked: (id: string, date: string, patient: string) => void; onClose: () => void }

/** How often, until when; and beside each day whether it can be had, what is nearest, and what somebody decides of it. */
export default function RepeatDialog({ of, onBooked, onClose: onLeave }: RepeatProps) {
  const t = useTranslations('series')
  const states = useTranslations('states')
  const clinic = useSlug()
  const writing = useWriting()
  const queries = useQueryClient()
  const once = useOnce()
  const tell = useTell()
  const { patient, service, slot } = of
  const first = writing.dateOf(slot.starts_at)
  const [draft, setDraft] = useState<Draft>({
    unit: 'week',
    every: '1',
    weekdays: [((parseDate(first).toDate('UTC').getUTCDay() + 6) % 7) + 1],
    ends: 'times',
    times: '10',
    until: parseDate(first).add({ months: 3 }).toString(),
  })
  // The first time was chosen by whoever books, be it outside of working hours or just past.
  const [choices, choose] = useState<Choices>({ [first]: 'anyway' })
  const wrong = wrongIn(draft, first)
  const asked = {
    repeat: repeatOf(draft, first, clockIn(writing.timezone, slot.starts_at)),
    provider_id: slot.provider_id,
    operatory_id: slot.operatory_id,
    patient_id: patient.id,
    service_id: service.id,
    duration_minutes: slot.duration_minutes,
    hold_id: of.hold_id,
  }
  const preview = useQuery({ ...previewQuery(clinic, asked), enabled: !wrong.length })
  const rows = rowsOf(preview.data ?? [], choices)
  const booked = rows.filter(row => row.booked)
  const left = rows.length - booked.length
  const stands = !wrong.length && !preview.isPlaceholderData && !!preview.data
  const onClose = () => {
    if (of.hold_id) void deliver(letGo(clinic, of.hold_id)).catch(() => {})
    onLeave()
  }
  const form = useForm({
    async save() {
      if (!stands || !booked.length) return
      const { series } = await once(bookSeries(clinic, { ...asked, ...decided(rows, choices), clashes: 'refuse' }))
      const [one] = series.visits
      onLeave()
      if (one) onBooked(one.id, writing.dateOf(one.starts_at), patient.id)
      tell(t('booked', { count: series.visits.length, name: patient.name }), () =>
        send(cancelSeries(clinic, series.id, 1, t('undone'))),
      )
    },
    refused({ problem }) {
      // Somebody was faster: the list says where.
      if (problem.code === 'SeriesClashes') void queries.invalidateQueries({ queryKey: [clinic, 'openings', 'series'] })
      return false
    },
    fieldOf: ({ pointer }) => pointer.split('/').at(-1) ?? '',
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('title')}
      about={
        <>
          <bdi>{patient.name}</bdi> · <bdi>{service.name}</bdi> · <bdi>{of.where}</bdi>
        </>
      }
      close={states('close')}
      className="max-w-xl"
    >
      <form {...form.props} className="flex min-h-0 flex-1 flex-col">
        <div className="grid gap-3 border-b px-5 pt-4 pb-4">
          <FormTrouble form={form} />
          <RepeatFields {...{ draft, wrong, first, form }} onChange={change => setDraft({ ...draft, ...change })} />
        </div>
        <section
          aria-label={t('dates')}
          aria-busy={preview.isFetching}
          className={cn('min-h-40 flex-1 overflow-y-auto px-5 py-2', !stands && 'opacity-60')}
        >
          <Answer to={preview} compact loading={<Loading label={t('looking')} rows={5} />}>
            {() => (
              <ol className="divide-y">
                {rows.map(row => (
                  <RepeatRow
                    key={row.on}
                    row={row}
                    number={row.booked ? booked.indexOf(row) + 1 : undefined}
                    onChoice={(choice: Choice | undefined) => choose({ ...choices, [row.on]: choice })}
                  />
                ))}
              </ol>
            )}
          </Answer>
        </section>
        <DialogFoot>
          <p role="status" className="me-auto text-muted-foreground text-sm">
            {stands &&
              [t('summary', { count: booked.length }), left > 0 && t('leftOut', { count: left })].filter(Boolean).join(' · ')}
          </p>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy || !stands || !booked.length}>
            {t('book', { count: booked.length })} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
