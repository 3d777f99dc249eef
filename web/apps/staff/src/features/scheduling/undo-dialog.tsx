import type { DayVisit } from '@chairside/api'
import { Button, Dialog, DialogFoot, Kbd } from '@chairside/ui'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useSlug, useWriting } from '@/lib/clinic'
import { FormTrouble, useForm } from '@/lib/form'
import { useOnce } from '@/lib/once'
import { useRefusalWords } from '@/lib/problem-words'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { readDone } from './queries'
import { completeAgain, takeBack } from './writes'

/** A completion takes what it charged back with it, so this is asked first; what is invoiced stays, and is said to be. */
export function UndoDialog({ visit, onClose }: { visit: DayVisit; onClose: () => void }) {
  const t = useTranslations('schedule')
  const states = useTranslations('states')
  const billing = useTranslations('billing')
  const refusals = useTranslations('billing.refused')
  const words = useRefusalWords()
  const writing = useWriting()
  const clinic = useSlug()
  const once = useOnce()
  const tell = useTell()
  const form = useForm({
    async save() {
      const done = await readDone(clinic, visit.id)
      const after = await once(takeBack(clinic, visit, 'completion'))
      tell(t('uncompleted', { name: visit.patient.name }), () => send(completeAgain(clinic, after, done)))
      onClose()
    },
    refused({ problem }) {
      const known = problem.code as 'AlreadyInvoiced'
      form.setTrouble(refusals.has(known) ? refusals(known) : words(problem))
      return true
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={t('undoCompletion')}
      about={
        <>
          <bdi>{visit.patient.name}</bdi> · <bdi dir="ltr">{writing.range(visit.starts_at, visit.ends_at)}</bdi>
        </>
      }
      close={states('close')}
      className="max-w-md"
    >
      <form {...form.props}>
        <div className="grid gap-3 px-5 pt-3 pb-5">
          <FormTrouble form={form} />
          <p className="text-sm">{t('undoCompletionAbout')}</p>
        </div>
        <DialogFoot>
          {form.trouble && (
            <Button asChild variant="ghost" className="me-auto">
              <Link to="/c/$clinic/patients/$patient" params={{ clinic, patient: visit.patient_id }} search={{ tab: 'ledger' }}>
                {billing('openLedger')}
              </Link>
            </Button>
          )}
          <Button variant="outline" onClick={onClose}>
            {states('back')}
          </Button>
          <Button type="submit" autoFocus disabled={form.busy}>
            {t('undoCompletionConfirm')} <Kbd keys="Mod+Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
