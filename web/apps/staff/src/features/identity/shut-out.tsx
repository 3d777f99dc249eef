import { onShutOut } from '@chairside/api'
import { Button, Dialog, DialogFoot } from '@chairside/ui'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useLeave } from './leave'

/** Over the page, from the moment in which the server says that whoever sits here may not come in any more. */
export function ShutOut() {
  const t = useTranslations('states')
  const identity = useTranslations('identity')
  const leave = useLeave()
  const [out, setOut] = useState(false)
  useEffect(() => {
    onShutOut(() => setOut(true))
    return () => onShutOut(undefined)
  }, [])
  if (!out) return null
  return (
    <Dialog open firm opaque onClose={() => {}} title={t('suspended')} className="max-w-md">
      <p className="px-5 pt-2 pb-5 text-sm">{t('suspendedAbout')}</p>
      <DialogFoot>
        <Button autoFocus onClick={leave}>
          {identity('signOut')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}
