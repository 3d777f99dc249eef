import { Button, Dialog, DialogFoot, Kbd, TextArea } from '@chairside/ui'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useForm } from '@/lib/form'

type ReasonProps = {
  title: string
  about: string
  /** Offered at one stroke; the words stay editable. */
  common: string[]
  confirm: string
  danger?: boolean
  onConfirm: (reason: string) => void
  onClose: () => void
}

/** Asks why, for what cannot be done without a reason: overbooking, cancelling. */
export function ReasonDialog({ title, about, common, confirm, danger, onConfirm, onClose }: ReasonProps) {
  const t = useTranslations('states')
  const [reason, setReason] = useState('')
  const form = useForm({
    check: () => ({ reason: reason.trim() ? undefined : t('reasonMissing') }),
    save: async () => onConfirm(reason.trim()),
  })
  return (
    <Dialog open onClose={onClose} title={title} about={<span dir="auto">{about}</span>} close={t('close')} className="max-w-md">
      <form {...form.props}>
        <div className="grid gap-3 px-5 pt-4 pb-5">
          <div className="flex flex-wrap gap-1.5">
            {common.map(words => (
              <Button key={words} size="sm" variant="outline" aria-pressed={reason === words} onClick={() => setReason(words)}>
                {words}
              </Button>
            ))}
          </div>
          <TextArea
            {...form.field('reason')}
            label={t('reason')}
            required
            autoFocus
            rows={2}
            maxLength={500}
            value={reason}
            onChange={event => setReason(event.target.value)}
          />
        </div>
        <DialogFoot>
          <Button variant="outline" onClick={onClose}>
            {t('back')}
          </Button>
          <Button type="submit" variant={danger ? 'destructive' : 'default'}>
            {confirm} <Kbd keys="Mod+Enter" />
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
