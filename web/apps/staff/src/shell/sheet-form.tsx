import { Button, Dialog, DialogFoot, Kbd } from '@chairside/ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { FormTrouble, type useForm } from '@/lib/form'

type Props = {
  title: string
  form: ReturnType<typeof useForm>
  save?: string
  onClose: () => void
  /** Beside the way back: what else can be done with the thing. */
  start?: ReactNode
  children: ReactNode
}

/** An editor at the side of its list. */
export function SheetForm({ title, form, save, onClose, start, children }: Props) {
  const t = useTranslations('states')
  return (
    <Dialog open onClose={onClose} at="end" title={title} close={t('close')}>
      <form {...form.props} className="flex min-h-0 flex-1 flex-col">
        <div className="grid min-h-0 flex-1 content-start gap-4 overflow-y-auto px-5 pt-4 pb-6">
          <FormTrouble form={form} />
          {children}
        </div>
        <DialogFoot>
          {start && <span className="me-auto">{start}</span>}
          {/* Where there is no room beside the rest they go to the next line together. */}
          <span className="flex flex-wrap justify-end gap-2">
            <Button variant="outline" onClick={onClose}>
              {t('back')}
            </Button>
            <Button type="submit" disabled={form.busy}>
              {save ?? t('save')} <Kbd keys="Mod+Enter" />
            </Button>
          </span>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
