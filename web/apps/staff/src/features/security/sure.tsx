import { Button, Dialog, DialogFoot } from '@chairside/ui'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'

type SureProps = { title: string; about: ReactNode; yes: string; onYes: () => Promise<unknown>; onClose: () => void }

/** Asked before what cannot be taken back. */
export function Sure({ title, about, yes, onYes, onClose }: SureProps) {
  const states = useTranslations('states')
  const regret = useRegret()
  const [busy, setBusy] = useState(false)
  const go = () => {
    setBusy(true)
    void onYes().then(onClose, error => {
      setBusy(false)
      regret(error)
    })
  }
  return (
    <Dialog open onClose={onClose} title={title} close={states('close')} className="max-w-md">
      <p className="px-5 pt-2 pb-5 text-sm">{about}</p>
      <DialogFoot>
        <Button variant="outline" autoFocus onClick={onClose}>
          {states('cancel')}
        </Button>
        <Button variant="destructive" disabled={busy} onClick={go}>
          {yes}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
