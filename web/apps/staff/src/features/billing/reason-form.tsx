import type { Typed } from '@chairside/api'
import { Button, Dialog, DialogFoot, Kbd, TextArea } from '@chairside/ui'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { FormTrouble } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { useMoneyForm } from './use-money-form'

type Props<A> = {
  title: string
  about: ReactNode
  confirm: string
  danger?: boolean
  /** What to send with the reason. */
  act: (reason: string) => Typed<A>
  onDone: (answer: A) => void
  onClose: () => void
}

/** Asks why, and stays open until the server has agreed. */
export function ReasonForm<A>({ title, about, confirm, danger, act, onDone, onClose }: Props<A>) {
  const t = useTranslations('states')
  const once = useOnce()
  const form = useMoneyForm({
    check: ({ text }) => ({ reason: text('reason') ? undefined : t('reasonMissing') }),
    save: async ({ text }) => onDone(await once(act(text('reason')))),
  })
  return (
    <Dialog open onClose={onClose} title={title} about={about} close={t('close')} className="max-w-md">
      <form {...form.props}>
        <div className="grid gap-3 px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          <TextArea {...form.field('reason')} label={t('reason')} required autoFocus rows={2} maxLength={200} />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {t('back')}
          </Button>
          <Button type="submit" variant={danger ? 'destructive' : 'default'} disabled={form.busy}>
            {confirm} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
