import { Button, Field } from '@chairside/ui'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { sendText } from './writes'

/** A text to a patient's mobile number. What is sent is sent: there is no undo. */
export function TextForm({ patient, onSent }: { patient: string; onSent?: () => void }) {
  const t = useTranslations('messages')
  const clinic = useSlug()
  const tell = useTell()
  const [sent, count] = useState(0)
  const form = useForm({
    async save({ text }) {
      await send(sendText(clinic, patient, text('text')))
      tell(t('textSent'))
      count(sent + 1)
      onSent?.()
    },
  })
  return (
    <form {...form.props} className="grid gap-2 border-b px-4 py-3">
      <FormTrouble form={form} />
      <div className="flex items-end gap-2">
        <Field
          key={sent}
          {...form.field('text')}
          label={t('writeText')}
          className="flex-1"
          maxLength={480}
          required
          dir="auto"
          autoComplete="off"
        />
        <Button type="submit" disabled={form.busy}>
          <Send aria-hidden /> {t('send')}
        </Button>
      </div>
    </form>
  )
}
