import { Button, Dialog, DialogFoot, Field } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { FormTrouble, useForm } from '@/lib/form'

type RenameProps = { name: string; keep: (name: string) => Promise<unknown>; onClose: () => void }

export function RenameDialog({ name, keep, onClose }: RenameProps) {
  const t = useTranslations('security')
  const states = useTranslations('states')
  const form = useForm({ save: ({ text }) => keep(text('name')).then(onClose) })
  return (
    <Dialog open onClose={onClose} title={t('renameNamed', { name })} close={states('close')} className="max-w-md">
      <form {...form.props}>
        <div className="grid gap-4 px-5 pt-4 pb-5">
          <FormTrouble form={form} />
          <Field
            {...form.field('name')}
            label={t('passkeyName')}
            hint={t('passkeyNameHint')}
            defaultValue={name}
            onFocus={event => event.currentTarget.select()}
            dir="auto"
            maxLength={100}
            required
            autoFocus
          />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {states('cancel')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {states('save')}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
