import { Button, Dialog, DialogFoot, Kbd } from '@chairside/ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { FormTrouble, useForm } from '@/lib/form'

type Props = {
  title: string
  confirm: string
  /** What it does; refused, the dialog says why and stays. */
  act: () => Promise<unknown>
  onClose: () => void
  children: ReactNode
}

/** What cannot be taken back is asked once more. */
export function ConfirmDialog({ title, confirm, act, onClose, children }: Props) {
  const states = useTranslations('states')
  const form = useForm({
    async save() {
      await act()
      onClose()
    },
  })
  return (
    <Dialog open onClose={onClose} firm={form.busy} title={title} className="max-w-md">
      <form {...form.props}>
        <div className="grid gap-3 px-5 pt-3 pb-5 text-sm">
          <FormTrouble form={form} />
          {children}
        </div>
        <DialogFoot>
          <Button variant="outline" disabled={form.busy} onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" variant="destructive" disabled={form.busy}>
            {confirm} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
