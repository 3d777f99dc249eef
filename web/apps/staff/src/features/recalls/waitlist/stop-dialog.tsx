import type { Waiting } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { nameOf } from '@/features/patients'
import { ReasonDialog } from '@/features/scheduling'

type StopProps = { entry: Waiting; onClose: () => void; onStop: (reason: string) => void }

/** Why they wait no longer. */
export function StopDialog({ entry, onClose, onStop }: StopProps) {
  const t = useTranslations('recalls.waitlist')
  const words = useTranslations('recalls')
  return (
    <ReasonDialog
      title={t('close')}
      about={t('closeAbout', { name: nameOf(entry.patient), service: entry.service_name })}
      common={[t('reasons.booked'), t('reasons.unwanted'), words('reasons.elsewhere')]}
      confirm={t('close')}
      onClose={onClose}
      onConfirm={reason => {
        onClose()
        onStop(reason)
      }}
    />
  )
}
