import type { LabCase } from '@chairside/api'
import { Button, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useForm } from '@/lib/form'

type Props = { step: 'returned' | 'cancelled'; one: LabCase; onSay: (reason: string) => Promise<unknown>; onClose: () => void }

/** Why it goes back to the laboratory, or comes to nothing. */
export function ReasonDialog({ step, one, onSay, onClose }: Props) {
  const t = useTranslations('labs')
  const states = useTranslations('states')
  const form = useForm({ save: ({ text }) => onSay(text('reason')).then(onClose) })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t(`asks.${step}`, { work: t(`works.${one.work}`) })}
      close={states('close')}
      className="max-w-md"
    >
      <form {...form.props}>
        <div className="px-5 pt-4 pb-5">
          <Field {...form.field('reason')} label={t('why')} required autoFocus maxLength={200} dir="auto" />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {t(`steps.${step}`)} <Kbd keys="Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
