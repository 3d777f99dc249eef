import { Button, Dialog, DialogFoot, Field, Kbd } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useForm } from '@/lib/form'

type Props = { drug: string; onCancel: (reason: string) => Promise<unknown>; onClose: () => void }

/** Asks why: what is cancelled stays on record with it. */
export function CancelDialog({ drug, onCancel, onClose }: Props) {
  const t = useTranslations('prescribing')
  const states = useTranslations('states')
  const form = useForm({ save: ({ text }) => onCancel(text('reason')).then(onClose) })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('cancelTitle', { drug })}
      about={t('cancelAbout')}
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
          <Button type="submit" variant="destructive" disabled={form.busy}>
            {t('cancel')} <Kbd keys="Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
