import type { HistoryEntry } from '@chairside/api'
import { Button, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useMay, useSlug } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { addEntry, strikeEntry } from './writes'

type Severity = NonNullable<HistoryEntry['severity']>
const SEVERITIES = ['mild', 'moderate', 'severe', 'life_threatening'] as const

/** What to, Enter, how severe by its figure, Enter: recorded from whichever screen of the patient. */
export function QuickAllergy({ patient, onClose }: { patient: string; onClose: () => void }) {
  const t = useTranslations('alerts')
  const states = useTranslations('states')
  const clinic = useSlug()
  const tell = useTell()
  const mayStrike = useMay('history.strike')
  const severities = useRef<HTMLFieldSetElement>(null)
  const [severity, setSeverity] = useState<Severity | 'unknown'>('unknown')
  const form = useForm({
    async save({ text }) {
      const made = await send(
        addEntry(clinic, patient, { kind: 'allergy', name: text('name'), severity: severity === 'unknown' ? null : severity }),
      )
      const back = () => send(strikeEntry(clinic, made, t('mistake')))
      tell(t('did', { name: made.name ?? '' }), mayStrike ? back : undefined)
      onClose()
    },
  })
  /** A field that is filled goes on to the next; an empty one says that it is needed. */
  function next(event: KeyboardEvent<HTMLInputElement>) {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || !event.currentTarget.value.trim()) return
    event.preventDefault()
    severities.current?.querySelector<HTMLInputElement>('input:checked')?.focus()
  }
  function choose(event: KeyboardEvent) {
    const chosen = SEVERITIES[Number(event.key) - 1]
    if (!chosen || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    setSeverity(chosen)
    severities.current?.querySelector<HTMLInputElement>(`[value=${chosen}]`)?.focus()
  }
  return (
    <Dialog open onClose={onClose} title={t('record')} close={states('close')} className="max-w-md">
      <form {...form.props}>
        <div className="grid gap-4 px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          <Field {...form.field('name')} label={t('substance')} required autoFocus maxLength={200} dir="auto" onKeyDown={next} />
          <fieldset ref={severities} className="grid gap-1" onKeyDown={choose}>
            <legend className="pb-1.5 font-medium text-sm">{t('severity')}</legend>
            {([...SEVERITIES, 'unknown'] as const).map((one, at) => (
              <label
                key={one}
                className="flex min-h-9 items-center gap-2.5 rounded-md border px-3 text-sm has-checked:border-primary has-checked:bg-accent has-focus-visible:outline-2 has-focus-visible:outline-ring"
              >
                <input
                  type="radio"
                  name="severity"
                  value={one}
                  checked={severity === one}
                  onChange={() => setSeverity(one)}
                  className="size-4 accent-primary"
                />
                <span className="me-auto first-letter:uppercase">{t(`severities.${one}`)}</span>
                {one !== 'unknown' && <Kbd keys={String(at + 1)} />}
              </label>
            ))}
          </fieldset>
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {states('save')} <Kbd keys="Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
