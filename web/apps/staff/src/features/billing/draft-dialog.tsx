import type { Invoice } from '@chairside/api'
import { Button, Dialog, DialogFoot, Field, Kbd, TextArea } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { FormTrouble } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { useMoneyForm } from './use-money-form'
import { changeDraft } from './writes'

/** A draft's due day and note; what is issued does not change any more. */
export function DraftDialog({ invoice, onClose }: { invoice: Invoice; onClose: () => void }) {
  const t = useTranslations('billing')
  const tell = useTell()
  const states = useTranslations('states')
  const clinic = useSlug()
  const once = useOnce()
  const form = useMoneyForm({
    async save({ text }) {
      const { due_on, note } = invoice
      const kept = await once(changeDraft(clinic, invoice, { due_on: text('due_on') || null, note: text('note') || null }))
      tell(t('draftChanged'), () => send(changeDraft(clinic, kept, { due_on, note })))
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} title={t('changeDraft')} close={states('close')} className="max-w-md">
      <form {...form.props}>
        <div className="grid gap-4 px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          <Field {...form.field('due_on')} type="date" label={t('due')} hint={t('dueHint')} defaultValue={invoice.due_on ?? ''} />
          <TextArea
            {...form.field('note')}
            label={t('noteOnInvoice')}
            rows={3}
            maxLength={2000}
            defaultValue={invoice.note ?? ''}
          />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {states('save')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
