import type { Recall } from '@chairside/api'
import { Button, Dialog, DialogFoot, Field, Kbd, Segmented, TextArea } from '@chairside/ui'
import { type CalendarDate, parseDate } from '@internationalized/date'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ReasonDialog } from '@/features/scheduling'
import { useWriting } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { nameOfCalled } from './chip'
import { KINDS, type Kind, outcomesOf } from './model'
import { Phone } from './phone'
import type { RecallActs } from './use-recall-acts'

export type Asking = { what: 'attempt' | 'snooze' | 'close'; recall: Recall }
type Props = { asking: Asking; acts: RecallActs; onClose: () => void }

/** What is asked before it is written. */
export function RecallDialogs({ asking: { what, recall }, acts, onClose }: Props) {
  const t = useTranslations('recalls')
  if (what === 'attempt') return <AttemptDialog {...{ recall, acts, onClose }} />
  if (what === 'snooze') return <SnoozeDialog {...{ recall, acts, onClose }} />
  return (
    <ReasonDialog
      title={t('close')}
      about={t('closeAbout', { name: nameOfCalled(recall), type: recall.type_name })}
      common={[t('reasons.elsewhere'), t('reasons.moved'), t('reasons.unwanted'), t('reasons.unneeded')]}
      confirm={t('close')}
      onClose={onClose}
      onConfirm={reason => {
        onClose()
        void acts.close(recall, reason)
      }}
    />
  )
}

type One = { recall: Recall; acts: RecallActs; onClose: () => void }

/** How one tried to reach them, and what came of it. */
function AttemptDialog({ recall, acts, onClose }: One) {
  const t = useTranslations('recalls')
  const states = useTranslations('states')
  const [kind, setKind] = useState<Kind>('call')
  const outcomes = outcomesOf(kind)
  const [chosen, choose] = useState(outcomes[0])
  const outcome = outcomes.find(one => one === chosen) ?? outcomes[0] ?? 'no_answer'
  const form = useForm({
    async save({ text }) {
      onClose()
      await acts.attempt(recall, { kind, outcome, note: text('note') || undefined })
    },
  })
  const about = (
    <span className="flex flex-wrap items-center gap-x-2">
      <bdi>{nameOfCalled(recall)}</bdi>
      <Phone of={recall.patient} />
    </span>
  )
  return (
    <Dialog open onClose={onClose} title={t('attempt')} about={about} close={states('close')} className="max-w-md">
      <form {...form.props} className="flex min-h-0 flex-col">
        <div className="grid min-h-0 content-start gap-4 overflow-y-auto px-5 pt-4 pb-5">
          <div>
            <Segmented
              label={t('how')}
              className="w-fit flex-wrap [&>button]:min-h-6 [&>button]:whitespace-nowrap"
              value={kind}
              onChange={next => setKind(next as Kind)}
              choices={KINDS.map(value => ({ value, label: t(`kinds.${value}`) }))}
            />
          </div>
          <fieldset className="grid gap-1.5">
            <legend className="pb-1.5 font-medium text-sm">{t('outcome')}</legend>
            {outcomes.map((one, index) => (
              <label key={one} className="flex min-h-7 w-fit items-center gap-2 text-sm pointer-coarse:min-h-11">
                <input
                  type="radio"
                  name="outcome"
                  value={one}
                  checked={one === outcome}
                  onChange={() => choose(one)}
                  autoFocus={index === 0}
                  className="size-4 accent-primary"
                />
                {t(`outcomes.${one}`)}
              </label>
            ))}
          </fieldset>
          {outcome === 'left_message' && recall.patient.safe_for_voicemail === false && (
            <p role="status" className="text-sm text-warn">
              {t('notSafe')}
            </p>
          )}
          <TextArea {...form.field('note')} label={t('note')} rows={2} maxLength={2000} />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {t('noteIt')} <Kbd keys="Mod+Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

const AHEAD = [
  ['oneWeek', { weeks: 1 }],
  ['twoWeeks', { weeks: 2 }],
  ['oneMonth', { months: 1 }],
  ['threeMonths', { months: 3 }],
] as const
const later = (one: CalendarDate, other: CalendarDate) => (one.compare(other) > 0 ? one : other)

/** Off the list until a day, counted from today, or from the day on which it is due when that is later. */
function SnoozeDialog({ recall, acts, onClose }: One) {
  const t = useTranslations('recalls')
  const states = useTranslations('states')
  const { today, day } = useWriting()
  const from = later(today, parseDate(recall.due_on))
  const [until, setUntil] = useState(from.add({ weeks: 2 }).toString())
  const form = useForm({
    check: () => ({ until: until > from.toString() ? undefined : t('untilWrong', { day: day(from) }) }),
    async save() {
      onClose()
      await acts.snooze(recall, until)
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('snooze')}
      about={<span dir="auto">{t('snoozeAbout', { name: nameOfCalled(recall) })}</span>}
      close={states('close')}
      className="max-w-md"
    >
      <form {...form.props}>
        <div className="grid gap-3 px-5 pt-4 pb-5">
          <div className="flex flex-wrap gap-1.5">
            {AHEAD.map(([word, ahead]) => {
              const at = from.add(ahead).toString()
              return (
                <Button key={word} size="sm" variant="outline" aria-pressed={until === at} onClick={() => setUntil(at)}>
                  {t(`ahead.${word}`)}
                </Button>
              )
            })}
          </div>
          <Field
            {...form.field('until')}
            type="date"
            label={t('until')}
            required
            autoFocus
            min={from.add({ days: 1 }).toString()}
            value={until}
            onChange={event => setUntil(event.target.value)}
            className="w-44"
          />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {t('snooze')} <Kbd keys="Mod+Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
