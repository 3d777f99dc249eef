import type { ProcedureImportOutcome } from '@chairside/api'
import { Banner, Button, Dialog, DialogFoot, Field } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { importList } from './queries'

const FIELDS = [
  'code', 'name', 'category', 'price', 'duration_minutes', 'area', 'min_surfaces', 'max_surfaces', 'teeth',
] as const // biome-ignore format: one reads a list better in few lines
const SHOWN = 50

/** A file is looked through first: which column is what, what would come, what is left out and why. Then it is taken in. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('procedures')
  const states = useTranslations('states')
  const clinic = useSlug()
  const { today } = useWriting()
  const tell = useTell()
  const regret = useRegret()
  const [text, setText] = useState('')
  const [from, setFrom] = useState(today.toString())
  const [outcome, setOutcome] = useState<ProcedureImportOutcome>()
  const [busy, setBusy] = useState(false)

  async function ask(file: string, day: string, mapping?: Record<string, string>, dry_run = true) {
    setBusy(true)
    try {
      const now = await send(importList(clinic, { text: file, effective_on: day, mapping: mapping ?? null, dry_run }))
      setOutcome(now)
      if (!now.done) return
      tell(t('took', { count: now.new.length + now.changed.length }))
      onClose()
    } catch (error) {
      regret(error)
    } finally {
      setBusy(false)
    }
  }
  const coming = (outcome?.new.length ?? 0) + (outcome?.changed.length ?? 0)
  return (
    <Dialog open onClose={onClose} title={t('bring')} about={t('bringAbout')} close={states('close')} className="max-w-2xl">
      <div className="grid gap-4 overflow-y-auto px-5 pt-4 pb-5">
        <div className="grid grid-cols-2 gap-4 max-sm:grid-cols-1">
          <Field
            label={t('file')}
            type="file"
            accept=".csv,.txt,text/csv"
            onChange={event =>
              void event.currentTarget.files?.[0]?.text().then(read => {
                setText(read)
                return read ? ask(read, from) : undefined
              })
            }
          />
          <Field
            label={t('effective')}
            type="date"
            required
            value={from}
            onChange={event => {
              setFrom(event.currentTarget.value)
              if (text && event.currentTarget.value) void ask(text, event.currentTarget.value, outcome?.mapping)
            }}
          />
        </div>
        {outcome && (
          <>
            <fieldset className="grid grid-cols-3 gap-3 max-sm:grid-cols-1">
              {FIELDS.map(field => (
                <Field
                  key={field}
                  label={t(`fields.${field}`)}
                  value={outcome.mapping[field] ?? ''}
                  onChange={event => {
                    const { [field]: _, ...rest } = outcome.mapping
                    const column = event.currentTarget.value
                    void ask(text, from, column ? { ...rest, [field]: column } : rest)
                  }}
                  choices={[['', t('notRead')], ...outcome.columns.map((one): [string, string] => [one, one])]}
                />
              ))}
            </fieldset>
            <Banner
              tone={outcome.problems.length ? 'warn' : 'info'}
              title={t('found', {
                rows: outcome.rows,
                new: outcome.new.length,
                changed: outcome.changed.length,
                same: outcome.same,
              })}
            />
            {outcome.problems.length > 0 && (
              <details open className="text-sm">
                <summary className="cursor-pointer">{t('problems', { count: outcome.problems.length })}</summary>
                <ul className="mt-2 grid gap-1">
                  {outcome.problems.slice(0, SHOWN).map(one => (
                    <li key={`${one.line} ${one.field} ${one.code}`}>
                      {t('line', { line: one.line })}, {t(`fields.${one.field as 'code'}`)}: <bdi>{one.text}</bdi>{' '}
                      <span className="text-muted-foreground">{t(`why.${one.code as 'required'}`, { text: one.text })}</span>
                    </li>
                  ))}
                </ul>
              </details>
            )}
          </>
        )}
      </div>
      <DialogFoot>
        <Button variant="outline" onClick={onClose}>
          {states('back')}
        </Button>
        <Button disabled={busy || coming === 0} onClick={() => void ask(text, from, outcome?.mapping, false)}>
          {t('take')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
