import type { Merged, Patient } from '@chairside/api'
import { Button, Dialog, DialogFoot, Kbd } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useSlug } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { nameOf } from '../queries'
import { takeApart } from './queries'

type Props = { patient: Patient; merge: Merged; onClose: () => void; onDone: () => void }

/** What goes back and what stays is said first. */
export function ApartDialog({ patient, merge, onClose, onDone }: Props) {
  const t = useTranslations('merging')
  const states = useTranslations('states')
  const clinic = useSlug()
  const once = useOnce()
  const form = useForm({
    async save() {
      await once(takeApart(clinic, patient.id, merge.id))
      onClose()
      onDone()
    },
  })
  const names = { name: nameOf(merge), from: nameOf(patient) }
  return (
    <Dialog open onClose={onClose} firm={form.busy} title={t('apartTitle', names)} className="max-w-md">
      <form {...form.props}>
        <div className="grid gap-3 px-5 pt-3 pb-5 text-sm">
          <FormTrouble form={form} />
          <p>{t('apartAbout', names)}</p>
        </div>
        <DialogFoot>
          <Button variant="outline" disabled={form.busy} onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" disabled={form.busy}>
            {t('apart')} <Kbd keys="Mod+Enter" className="max-sm:hidden" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
