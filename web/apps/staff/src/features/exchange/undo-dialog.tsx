import type { Import } from '@chairside/api'
import { Button, Dialog, DialogFoot, Kbd } from '@chairside/ui'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { importQuery } from './queries'
import { useImportWords } from './use-import-words'
import { undo } from './writes'

/** All of them go again, as if the file had never come; a job does it, and cannot be stopped. */
export function UndoDialog({ one, onClose }: { one: Import; onClose: () => void }) {
  const t = useTranslations('imports')
  const states = useTranslations('states')
  const clinic = useSlug()
  const client = useQueryClient()
  const words = useImportWords()
  const once = useOnce()
  const form = useForm({
    refused(refusal) {
      form.setTrouble(words.failure(refusal.problem))
      void client.invalidateQueries({ queryKey: [clinic, 'imports', one.id] })
      return true
    },
    async save() {
      client.setQueryData(importQuery(clinic, one.id).queryKey, await once(undo(clinic, one)))
      onClose()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      firm={form.busy}
      title={t('undoTitle', { count: one.counts?.accepted ?? 0 })}
      className="max-w-md"
    >
      <form {...form.props}>
        <div className="grid gap-3 px-5 pt-3 pb-5 text-sm">
          <FormTrouble form={form} />
          <p>{t('undoAbout')}</p>
        </div>
        <DialogFoot>
          <Button variant="outline" disabled={form.busy} onClick={onClose}>
            {states('cancel')}
          </Button>
          <Button type="submit" variant="destructive" disabled={form.busy}>
            {t('undoConfirm')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
