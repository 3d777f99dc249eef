import type { NoteSnippet } from '@chairside/api'
import { Button, Field, TextArea } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useMay, useSlug } from '@/lib/clinic'
import { useForm, useMetWords } from '@/lib/form'
import { useOver } from '@/lib/over'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { snippetsQuery } from '../queries'
import { addSnippet, changeSnippet, factsOfSnippet, removeSnippet } from '../writes'

export function SnippetSheet({ snippet, onClose }: { snippet?: NoteSnippet; onClose: () => void }) {
  const t = useTranslations('notes.templates')
  const clinic = useSlug()
  const client = useQueryClient()
  const mayKeep = useMay('notes.templates')
  const mayWrite = useMay('notes.write')
  const tell = useTell()
  const regret = useRegret()
  const met = useMetWords()
  const over = useOver({
    opened: snippet ?? ({} as NoteSnippet),
    factsOf: factsOfSnippet,
    read: async () => {
      const all = await client.fetchQuery({ ...snippetsQuery(clinic), staleTime: 0 })
      return all.find(one => one.id === snippet?.id) as NoteSnippet
    },
    write: (changes, version) => send(changeSnippet(clinic, { id: snippet?.id ?? '', version }, changes)),
  })
  const form = useForm({
    async save({ text }) {
      const facts = { code: text('code').toLowerCase(), body: text('body') }
      if (!snippet) {
        const of_clinic = mayKeep && (!mayWrite || text('whose') === 'clinic')
        const made = await send(addSnippet(clinic, { ...facts, of_clinic }))
        tell(t('did', { name: `/${made.code}` }), () => send(removeSnippet(clinic, made)))
        return onClose()
      }
      const { kept, back, theirs } = await over(facts)
      if (theirs) {
        const names = Object.keys(theirs) as ('code' | 'body')[]
        return form.setTrouble(met(names.map(name => [t(name), String(theirs[name])])))
      }
      if (kept) tell(t('did', { name: `/${kept.code}` }), back)
      onClose()
    },
  })
  const remove = (one: NoteSnippet) =>
    send(removeSnippet(clinic, one)).then(() => {
      const as = { ...factsOfSnippet(one), of_clinic: !one.owner_id }
      tell(t('didRemove', { name: `/${one.code}` }), () => send(addSnippet(clinic, as)))
      onClose()
    }, regret)
  return (
    <SheetForm
      title={snippet ? `/${snippet.code}` : t('addSnippet')}
      form={form}
      onClose={onClose}
      start={
        snippet && (
          <Button variant="destructive" onClick={() => void remove(snippet)}>
            {t('remove')}
          </Button>
        )
      }
    >
      <Field
        {...form.field('code')}
        label={t('code')}
        hint={t('codeHint')}
        required
        autoFocus={!snippet}
        maxLength={12}
        dir="auto"
        defaultValue={snippet?.code}
      />
      {!snippet && mayKeep && mayWrite && (
        <Field
          {...form.field('whose')}
          label={t('whose')}
          choices={[
            ['mine', t('mine')],
            ['clinic', t('clinics')],
          ]}
        />
      )}
      <TextArea {...form.field('body')} label={t('body')} required rows={5} maxLength={50_000} defaultValue={snippet?.body} />
    </SheetForm>
  )
}
