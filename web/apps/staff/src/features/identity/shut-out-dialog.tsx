import { Button, Dialog, DialogFoot } from '@chairside/ui'
import { useTranslations } from 'use-intl'
import { useLeave } from './leave'

export default function ShutOutDialog() {
  const t = useTranslations('states')
  const identity = useTranslations('identity')
  const leave = useLeave()
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
