import { ask, type MessageTemplate } from '@chairside/api'
import { Button, Field, TextArea } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { SheetForm } from '@/shell/sheet-form'
import { resetTemplate, setTemplate } from './writes'

type Props = { template: MessageTemplate; fields: string[]; onClose: () => void }

/** The words of one occasion, tried on an invented patient before they are kept. */
export function TemplateSheet({ template, fields, onClose }: Props) {
  const t = useTranslations('messages')
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  const [shown, show] = useState<{ subject: string | null; body: string }>()
  const { kind, channel, language } = template
  const letter = channel === 'email'
  const title = `${t(`kinds.${kind}`)} · ${t(`channels.${channel}`)} · ${t(`languages.${language}`)}`
  const back = (version: number) =>
    template.own
      ? send(setTemplate(clinic, template, version, { subject: template.subject, body: template.body }))
      : send(resetTemplate(clinic, template))
  const wordsOf = (text: (name: string) => string) => ({ subject: letter ? text('subject') : null, body: text('body') })
  const form = useForm({
    async save({ text }) {
      const kept = await send(setTemplate(clinic, template, template.version, wordsOf(text)))
      tell(t('templateKept'), () => back(kept.version))
      onClose()
    },
  })
  const preview = async (within: HTMLFormElement | null) => {
    if (!within) return
    const values = new FormData(within)
    const body = { language, channel, ...wordsOf(name => String(values.get(name) ?? '').trim()) }
    try {
      const path = { clinic }
      show((await ask('/clinics/{clinic}/message-templates/previews', { params: { path }, body })).data)
    } catch (error) {
      regret(error)
    }
  }
  const reset = () =>
    send(resetTemplate(clinic, template)).then(() => {
      tell(t('templateReset'), () => back(0))
      onClose()
    }, regret)
  return (
    <SheetForm
      title={title}
      form={form}
      onClose={onClose}
      start={
        template.own && (
          <Button variant="outline" onClick={reset}>
            {t('reset')}
          </Button>
        )
      }
    >
      {letter && (
        <Field {...form.field('subject')} label={t('subject')} defaultValue={template.subject ?? ''} required dir="auto" />
      )}
      <TextArea
        {...form.field('body')}
        label={t('words')}
        defaultValue={template.body}
        required
        dir="auto"
        rows={letter ? 10 : 5}
        hint={
          <>
            {t('fields')} <bdi dir="ltr">{fields.map(one => `{${one}}`).join(' ')}</bdi>
          </>
        }
      />
      <Button type="button" variant="outline" className="w-fit" onClick={event => void preview(event.currentTarget.form)}>
        {t('preview')}
      </Button>
      {shown && (
        <output className="grid gap-2 rounded-lg border bg-surface px-4 py-3 text-sm">
          {shown.subject && (
            <strong className="font-medium" dir="auto">
              {shown.subject}
            </strong>
          )}
          <span className="whitespace-pre-wrap" dir="auto">
            {shown.body}
          </span>
        </output>
      )}
    </SheetForm>
  )
}
