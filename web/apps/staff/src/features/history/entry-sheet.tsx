import type { HistoryEntry, MedicalHistory } from '@chairside/api'
import { Check, Field, TextArea } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useMay, useSlug } from '@/lib/clinic'
import { useForm, useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { type Fact, factsGiven, factsOf, factsOfKind } from './model'
import { historyQuery } from './queries'
import { useEntryWords } from './use-entry-words'
import { addEntry, changeEntry, type EntryFacts, type Kind, strikeEntry } from './writes'

type SheetProps = { patient: string; kind: Kind; entry?: HistoryEntry; onClose: () => void }

/** One entry of a kind: recorded, or changed over what others changed meanwhile. */
export const EntrySheet = (props: SheetProps) =>
  props.entry ? <ChangeSheet {...props} entry={props.entry} /> : <AddSheet {...props} />

function AddSheet({ patient, kind, onClose }: SheetProps) {
  const t = useTranslations('history')
  const alerts = useTranslations('alerts')
  const clinic = useSlug()
  const tell = useTell()
  const words = useEntryWords()
  const mayStrike = useMay('history.strike')
  const form = useForm({
    async save(given) {
      const made = await send(addEntry(clinic, patient, { kind, ...factsGiven(kind, given) }))
      const back = () => send(strikeEntry(clinic, made, alerts('mistake')))
      tell(t('did.added', { name: words.name(made) }), mayStrike ? back : undefined)
      onClose()
    },
  })
  return (
    <SheetForm title={t(`add.${kind}`)} form={form} onClose={onClose}>
      <Fields kind={kind} form={form} />
    </SheetForm>
  )
}

function ChangeSheet({ patient, kind, entry, onClose }: SheetProps & { entry: HistoryEntry }) {
  const t = useTranslations('history')
  const clinic = useSlug()
  const client = useQueryClient()
  const tell = useTell()
  const words = useEntryWords()
  const met = useMetWords()
  const over = useOver<HistoryEntry, EntryFacts>({
    opened: entry,
    factsOf,
    read: async () => {
      const now: MedicalHistory | undefined = await client.fetchQuery({ ...historyQuery(clinic, patient), staleTime: 0 })
      return now?.entries.find(one => one.id === entry.id) ?? entry
    },
    write: (changes, version) => send(changeEntry(clinic, { ...entry, version }, changes)),
  })
  const form = useForm({
    async save(given) {
      const { kept, theirs, back } = await over(factsGiven(kind, given))
      if (theirs) {
        const facts = Object.entries(theirs) as [Fact, unknown][]
        return form.setTrouble(met(facts.map(([fact, value]) => [words.field(fact), words.value(fact, value)])))
      }
      if (kept) tell(t('did.changed', { name: words.name(kept) }), back)
      onClose()
    },
  })
  return (
    <SheetForm title={t('change', { name: words.name(entry) })} form={form} onClose={onClose}>
      <Fields kind={kind} entry={entry} form={form} />
    </SheetForm>
  )
}

const SEVERITIES = ['mild', 'moderate', 'severe', 'life_threatening'] as const

function Fields({ kind, entry, form }: { kind: Kind; entry?: HistoryEntry; form: ReturnType<typeof useForm> }) {
  const t = useTranslations('history')
  const alerts = useTranslations('alerts')
  const has = (fact: Fact) => factsOfKind(kind).includes(fact)
  const field = (fact: Fact) => ({ ...form.field(fact), label: t(`fields.${fact}`) })
  return (
    <>
      {kind !== 'pregnancy' && (
        <Field
          {...field('name')}
          label={t(`name.${kind}`)}
          required
          autoFocus
          maxLength={200}
          dir="auto"
          defaultValue={entry?.name ?? ''}
        />
      )}
      {has('severity') && (
        <Field
          {...field('severity')}
          defaultValue={entry?.severity ?? ''}
          choices={[
            ['', alerts('severities.unknown')],
            ...SEVERITIES.map((one): [string, string] => [one, alerts(`severities.${one}`)]),
          ]}
        />
      )}
      {has('reaction') && <Field {...field('reaction')} maxLength={200} dir="auto" defaultValue={entry?.reaction ?? ''} />}
      {has('dose') && <Field {...field('dose')} maxLength={200} dir="auto" defaultValue={entry?.dose ?? ''} />}
      {has('reason') && <Field {...field('reason')} required maxLength={200} dir="auto" defaultValue={entry?.reason ?? ''} />}
      {has('anticoagulant') && (
        <Check name="anticoagulant" label={t('fields.anticoagulant')} defaultChecked={entry?.anticoagulant ?? false} />
      )}
      {has('controlled') && (
        <Field
          {...field('controlled')}
          defaultValue={entry?.controlled === true ? 'yes' : entry?.controlled === false ? 'no' : 'unknown'}
          choices={(['unknown', 'yes', 'no'] as const).map((one): [string, string] => [one, t(`controls.${one}`)])}
        />
      )}
      {has('due_on') && <Field {...field('due_on')} type="date" autoFocus defaultValue={entry?.due_on ?? ''} />}
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        {(['since', 'until'] as const).map(fact => (
          <Field key={fact} {...field(fact)} maxLength={10} dir="ltr" placeholder="2019-05" defaultValue={entry?.[fact] ?? ''} />
        ))}
        <p className="col-span-full text-muted-foreground text-xs">{t('partialHint')}</p>
      </div>
      <TextArea {...field('note')} rows={2} maxLength={2000} defaultValue={entry?.note ?? ''} />
      <div className="grid grid-cols-2 gap-3 max-sm:grid-cols-1">
        {(['code_system', 'code'] as const).map(fact => (
          <Field key={fact} {...field(fact)} maxLength={50} dir="ltr" defaultValue={entry?.[fact] ?? ''} />
        ))}
        <p className="col-span-full text-muted-foreground text-xs">{t('codeHint')}</p>
      </div>
    </>
  )
}
