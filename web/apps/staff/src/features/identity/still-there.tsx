import { serverNow } from '@chairside/api'
import { Button, Dialog, DialogFoot } from '@chairside/ui'
import { useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useLeave } from './leave'

type Props = { ends: number; extendable: boolean; onStay: () => Promise<void> }

/** A minute's notice before the screen is locked (WCAG 2.2.1). */
export default function StillThere({ ends, extendable, onStay }: Props) {
  const t = useTranslations('identity')
  const regret = useRegret()
  const leave = useLeave()
  const count = () => Math.max(0, Math.ceil((ends - serverNow()) / 1000))
  const [left, setLeft] = useState(count)
  useEffect(() => {
    const timer = setInterval(() => setLeft(count()), 1000)
    return () => clearInterval(timer)
  }, [ends])
  const stay = () => void onStay().catch(regret)
  return (
    <Dialog open firm onClose={() => {}} title={t('stillThere')} className="max-w-md">
      <p className="px-5 pt-2 pb-5 text-sm">
        {extendable ? t('stillThereAbout', { count: left }) : t('dayOver', { count: left })}
      </p>
      <DialogFoot>
        <Button variant="outline" onClick={leave}>
          {t('signOut')}
        </Button>
        {extendable && (
          <Button autoFocus onClick={stay}>
            {t('stay')}
          </Button>
        )}
      </DialogFoot>
    </Dialog>
  )
}
