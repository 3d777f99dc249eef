import { strokeOf } from '@chairside/commands'
import { Button, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { parseDate, parseTime, toCalendarDateTime, toZoned } from '@internationalized/date'
import { Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { TimeField } from '@/lib/time-field'
import type { Slot, Taken } from './model'
import type { By, Resources } from './queries'
import { useDayWords } from './use-day-words'
import { block, type NewBlock, unblock } from './writes'

type BlockProps = { at: Slot; by: By; resources: Resources; taken: Taken[]; onClose: () => void }
const HOUR = 3_600_000
const REASONS = ['meeting', 'lunch', 'repair', 'emergencies'] as const

/** Time in which nobody is booked, unless on purpose; and what is blocked on that day already. */
export default function BlockDialog({ at, by, resources, taken, onClose }: BlockProps) {
  const t = useTranslations('openings')
  const states = useTranslations('states')
  const clinic = useSlug()
  const writing = useWriting()
  const words = useDayWords()
  const regret = useRegret()
  const tell = useTell()
  const clockOf = (instant: number) =>
    new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: writing.timezone }).format(instant)
  const begins = Date.parse(at.starts_at)
  const [date, setDate] = useState(writing.dateOf(at.starts_at))
  const [from, setFrom] = useState(clockOf(begins))
  const [to, setTo] = useState(clockOf(begins + HOUR))
  const [provider, setProvider] = useState(by === 'provider' ? at.provider_id : '')
  const [operatory, setOperatory] = useState(by === 'operatory' ? (at.operatory_id ?? '') : '')
  const [reason, setReason] = useState('')
  const [tried, tryIt] = useState(false)

  const instant = (time: string) =>
    toZoned(toCalendarDateTime(parseDate(date), parseTime(time)), writing.timezone).toAbsoluteString()
  const wrong = {
    who: !provider && !operatory ? t('blockWho') : undefined,
    to: to <= from ? t('blockTo') : undefined,
    reason: reason.trim() ? undefined : t('blockReason'),
  }
  const active = (list: { id: string; name: string; active: boolean }[]): [string, string][] =>
    list.filter(one => one.active).map(one => [one.id, one.name])
  const nameOf = (one: Pick<Taken, 'provider_id' | 'operatory_id'>) =>
    [
      resources.providers.find(each => each.id === one.provider_id)?.name,
      resources.operatories.find(each => each.id === one.operatory_id)?.name,
    ]
      .filter(Boolean)
      .join(' · ')
  const there = taken.filter(one => one.blockout_id)

  async function keep() {
    tryIt(true)
    if (wrong.who || wrong.to || wrong.reason) return
    const body: NewBlock = {
      provider_id: provider || undefined,
      operatory_id: operatory || undefined,
      starts_at: instant(from),
      ends_at: instant(to),
      reason: reason.trim(),
    }
    onClose()
    try {
      const made = await send(block(clinic, body))
      const about = made.visits ? t('blockVisits', { count: made.visits }) : undefined
      const time = writing.range(Date.parse(made.starts_at), Date.parse(made.ends_at))
      tell(t('blocked', { time, name: nameOf(made) }), () => send(unblock(clinic, made.id)), { about })
    } catch (error) {
      regret(error)
    }
  }

  async function free(one: Taken) {
    const { blockout_id, provider_id, operatory_id, starts_at, ends_at, reason: why } = one
    try {
      await send(unblock(clinic, blockout_id ?? ''))
      const time = writing.range(Date.parse(starts_at), Date.parse(ends_at))
      const again = { provider_id: provider_id ?? undefined, operatory_id: operatory_id ?? undefined, starts_at, ends_at }
      tell(t('freed', { time, name: nameOf(one) }), () => send(block(clinic, { ...again, reason: why ?? '' })))
    } catch (error) {
      regret(error)
    }
  }

  return (
    <Dialog open onClose={onClose} title={t('block')} about={t('blockAbout')} close={states('close')} className="max-w-lg">
      <form
        noValidate
        className="flex min-h-0 flex-col"
        onSubmit={event => {
          event.preventDefault()
          void keep()
        }}
        onKeyDown={event => {
          if (strokeOf(event.nativeEvent) !== 'Mod+Enter') return
          event.preventDefault()
          void keep()
        }}
      >
        <div className="grid grid-cols-2 gap-3 overflow-y-auto px-5 pt-3 pb-4">
          <div className="col-span-2 grid gap-1.5">
            <Field
              label={t('blockFor')}
              autoFocus
              autoComplete="off"
              required
              maxLength={200}
              value={reason}
              error={tried ? wrong.reason : undefined}
              onChange={event => setReason(event.target.value)}
            />
            <div className="flex flex-wrap gap-1.5">
              {REASONS.map(one => (
                <Button key={one} size="sm" variant="outline" onClick={() => setReason(t(`blockReasons.${one}`))}>
                  {t(`blockReasons.${one}`)}
                </Button>
              ))}
            </div>
          </div>
          <Field
            label={t('with')}
            value={provider}
            choices={[['', t('nobody')], ...active(resources.providers)]}
            error={tried ? wrong.who : undefined}
            onChange={event => setProvider(event.target.value)}
          />
          <Field
            label={t('where')}
            value={operatory}
            choices={[['', t('nowhere')], ...active(resources.operatories)]}
            onChange={event => setOperatory(event.target.value)}
          />
          <Field
            label={t('whyDay')}
            type="date"
            value={date}
            onChange={event => event.target.value && setDate(event.target.value)}
          />
          <fieldset className="grid content-start gap-1.5">
            <legend className="mb-1.5 font-medium text-sm">{t('whyTime')}</legend>
            <div className="flex items-center gap-2">
              <TimeField label={t('blockFrom')} value={from} onChange={setFrom} className="h-9 w-full min-w-0" />
              <span aria-hidden>–</span>
              <TimeField label={t('blockUntil')} value={to} onChange={setTo} className="h-9 w-full min-w-0" />
            </div>
            {tried && wrong.to && <p className="text-destructive text-xs">{wrong.to}</p>}
          </fieldset>
          {there.length > 0 && (
            <section aria-label={t('blockThere')} className="col-span-2 grid gap-1 border-t pt-3">
              <h3 className="font-semibold text-sm">{t('blockThere')}</h3>
              <ul>
                {there.map(one => (
                  <li key={one.blockout_id} className="flex items-center gap-2 text-sm">
                    <bdi className="shrink-0 tabular-nums">
                      {words.short(writing.dateOf(one.starts_at))} ·{' '}
                      {writing.range(Date.parse(one.starts_at), Date.parse(one.ends_at))}
                    </bdi>
                    <span dir="auto" className="me-auto truncate text-muted-foreground">
                      {[nameOf(one), one.reason].join(' · ')}
                    </span>
                    <Button
                      size="icon"
                      variant="ghost"
                      className="size-7"
                      aria-label={t('free', { reason: one.reason ?? '' })}
                      onClick={() => void free(one)}
                    >
                      <Trash2 />
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit">
            {t('block')} <Kbd keys="Mod+Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
