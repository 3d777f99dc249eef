import type { ReminderRule, ReminderSettings } from '@chairside/api'
import { Button, Card, Check, Field, Kbd } from '@chairside/ui'
import { BellPlus, ListChecks, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMay, useSlug } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { TimeField } from '@/lib/time-field'
import { setReminders } from './writes'

type Step = ReminderRule & { key: number }
/** What most clinics do. */
const USUAL: ReminderRule[] = [
  { channel: 'email', before: 7, unit: 'days', until_confirmed: false },
  { channel: 'sms', before: 2, unit: 'days', until_confirmed: false },
  { channel: 'sms', before: 2, unit: 'hours', until_confirmed: true },
]
const keyed = (rules: readonly ReminderRule[]): Step[] => rules.map((rule, key) => ({ ...rule, key }))

/** The cascade, the quiet hours and the delay, kept as a whole. */
export function CascadeForm({ settings }: { settings: ReminderSettings }) {
  const t = useTranslations('messages')
  const states = useTranslations('states')
  const clinic = useSlug()
  const tell = useTell()
  const mayWrite = useMay('clinic.write')
  const [steps, setSteps] = useState(keyed(settings.rules))
  const [quiet, setQuiet] = useState({ from: settings.quiet_from, until: settings.quiet_until })
  const form = useForm({
    fieldOf: ({ pointer }) => pointer.slice(1),
    async save({ text, has }) {
      const kept = await send(
        setReminders(clinic, settings.version, {
          undo_minutes: Number(text('undo_minutes')),
          quiet_from: quiet.from,
          quiet_until: quiet.until,
          tell_changes: has('tell_changes'),
          rules: steps.map(({ key: _, ...rule }) => rule),
        }),
      )
      const { version: _, ...before } = settings
      tell(t('remindersKept'), () => send(setReminders(clinic, kept.version, before)))
    },
  })
  const put = (key: number, changed: Partial<ReminderRule>) =>
    setSteps(steps.map(step => (step.key === key ? { ...step, ...changed } : step)))
  const add = () =>
    setSteps([...steps, { ...(USUAL[1] as ReminderRule), before: 1, key: Math.max(0, ...steps.map(step => step.key + 1)) }])
  return (
    <form {...form.props}>
      <fieldset disabled={!mayWrite} className="grid gap-4">
        <legend className="sr-only">{t('cascade')}</legend>
        <FormTrouble form={form} />
        <Card
          title={t('cascade')}
          end={
            mayWrite && (
              <Button type="button" size="sm" variant="ghost" onClick={add}>
                <BellPlus aria-hidden /> {t('addStep')}
              </Button>
            )
          }
        >
          {steps.length === 0 ? (
            <div className="grid justify-items-start gap-3 px-4 py-4 text-sm">
              <p className="text-muted-foreground">{t('noSteps')}</p>
              {mayWrite && (
                <Button type="button" variant="outline" onClick={() => setSteps(keyed(USUAL))}>
                  <ListChecks aria-hidden /> {t('usual')}
                </Button>
              )}
            </div>
          ) : (
            <ol>
              {steps.map((step, place) => (
                <li key={step.key} className="flex flex-wrap items-end gap-3 border-t px-4 py-3 first:border-t-0">
                  <Field
                    label={t('by')}
                    className="w-36"
                    value={step.channel}
                    onChange={event => put(step.key, { channel: event.target.value as 'sms' })}
                    choices={[
                      ['email', t('channels.email')],
                      ['sms', t('channels.sms')],
                    ]}
                  />
                  <Field
                    label={t('before')}
                    className="w-20"
                    type="number"
                    min={1}
                    max={step.unit === 'days' ? 90 : 72}
                    value={step.before}
                    error={form.errors[`rules/${place}/before`]}
                    onChange={event => put(step.key, { before: Number(event.target.value) })}
                  />
                  <Field
                    label={t('unit')}
                    className="w-32"
                    value={step.unit}
                    error={form.errors[`rules/${place}`]}
                    onChange={event => put(step.key, { unit: event.target.value as 'days' })}
                    choices={[
                      ['days', t('units.days')],
                      ['hours', t('units.hours')],
                    ]}
                  />
                  <div className="me-auto py-2">
                    <Check
                      label={t('untilConfirmed')}
                      checked={step.until_confirmed}
                      onChange={event => put(step.key, { until_confirmed: event.target.checked })}
                    />
                  </div>
                  {mayWrite && (
                    <Button
                      type="button"
                      size="icon"
                      variant="ghost"
                      aria-label={t('removeStep', { number: place + 1 })}
                      onClick={() => setSteps(steps.filter(one => one.key !== step.key))}
                    >
                      <Trash2 />
                    </Button>
                  )}
                </li>
              ))}
            </ol>
          )}
        </Card>
        <Card title={t('when')}>
          <div className="grid gap-4 px-4 py-4">
            <div className="grid gap-1.5">
              <span className="font-medium text-sm">{t('quiet')}</span>
              <span className="flex items-center gap-2">
                <TimeField
                  label={t('quietFrom')}
                  value={quiet.from}
                  onChange={from => setQuiet({ ...quiet, from })}
                  className="w-24"
                />
                –
                <TimeField
                  label={t('quietUntil')}
                  value={quiet.until}
                  onChange={until => setQuiet({ ...quiet, until })}
                  className="w-24"
                />
              </span>
              <span className="text-muted-foreground text-xs">{t('quietHint')}</span>
            </div>
            <Field
              {...form.field('undo_minutes')}
              label={t('undoMinutes')}
              hint={t('undoHint')}
              type="number"
              min={0}
              max={1440}
              required
              defaultValue={settings.undo_minutes}
              className="max-w-60"
            />
            <Check name="tell_changes" label={t('tellChanges')} defaultChecked={settings.tell_changes} />
          </div>
        </Card>
        {mayWrite && (
          <div className="flex justify-end">
            <Button type="submit" disabled={form.busy}>
              {states('save')} <Kbd keys="Mod+Enter" />
            </Button>
          </div>
        )}
      </fieldset>
    </form>
  )
}
