import type { NewNoteTemplate, NoteTemplate } from '@chairside/api'
import { Button, Field, TextArea } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { type Given, useForm, useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { templatesQuery } from '../queries'
import { addTemplate, changeTemplate, factsOfTemplate, removeTemplate } from '../writes'

const KINDS = ['progress', 'consultation', 'phone', 'other'] as const
const SLOTS = [
  'visit.date', 'visit.services', 'chart.today', 'patient.first_name', 'patient.last_name', 'patient.birth_date', 'provider.name',
] // biome-ignore format: one reads a list better in few lines

export function TemplateSheet({ template, onClose }: { template?: NoteTemplate; onClose: () => void }) {
  const t = useTranslations('notes.templates')
  const notes = useTranslations('notes')
  const clinic = useSlug()
  const client = useQueryClient()
  const tell = useTell()
  const regret = useRegret()
  const met = useMetWords()
  const over = useOver<NoteTemplate, NewNoteTemplate>({
    opened: template ?? ({} as NoteTemplate),
    factsOf: factsOfTemplate,
    read: async () => {
      const all = await client.fetchQuery({ ...templatesQuery(clinic), staleTime: 0 })
      return all.find(one => one.id === template?.id) as NoteTemplate
    },
    write: (changes, version) => send(changeTemplate(clinic, { id: template?.id ?? '', version }, changes)),
  })
  const given = ({ text }: Given): NewNoteTemplate => ({
    code: text('code').toLowerCase(),
    name: text('name'),
    kind: text('kind') as NoteTemplate['kind'],
    body: text('body'),
  })
  const form = useForm({
    async save(values) {
      const facts = given(values)
      if (!template) {
        const made = await send(addTemplate(clinic, facts))
        tell(t('did', { name: made.name }), () => send(removeTemplate(clinic, made)))
        return onClose()
      }
      const { kept, back, theirs } = await over(facts)
      if (theirs) {
        const names = Object.keys(theirs) as ('name' | 'code' | 'body')[]
        return form.setTrouble(met(names.map(name => [t(name), String(theirs[name])])))
      }
      if (kept) tell(t('did', { name: kept.name }), back)
      onClose()
    },
  })
  const remove = (one: NoteTemplate) =>
    send(removeTemplate(clinic, one)).then(() => {
      tell(t('didRemove', { name: one.name }), () => send(addTemplate(clinic, factsOfTemplate(one))))
      onClose()
    }, regret)
  return (
    <SheetForm
      title={template?.name ?? t('add')}
      form={form}
      onClose={onClose}
      start={
        template && (
          <Button variant="destructive" onClick={() => void remove(template)}>
            {t('remove')}
          </Button>
        )
      }
    >
      <div className="grid grid-cols-3 gap-4 max-sm:grid-cols-1">
        <Field
          {...form.field('code')}
          label={t('code')}
          hint={t('codeHint')}
          required
          autoFocus={!template}
          maxLength={12}
          dir="auto"
          defaultValue={template?.code}
        />
        <Field
          {...form.field('name')}
          label={t('name')}
          required
          maxLength={200}
          dir="auto"
          className="col-span-2 max-sm:col-span-1"
          defaultValue={template?.name}
        />
      </div>
      <Field
        {...form.field('kind')}
        label={notes('kind')}
        defaultValue={template?.kind ?? 'progress'}
        choices={KINDS.map((one): [string, string] => [one, notes(`kinds.${one}`)])}
      />
      <TextArea
        {...form.field('body')}
        label={t('body')}
        hint={t('bodyHint', { slots: SLOTS.map(name => `{{${name}}}`).join(' ') })}
        required
        rows={12}
        maxLength={50_000}
        defaultValue={template?.body}
      />
    </SheetForm>
  )
}
