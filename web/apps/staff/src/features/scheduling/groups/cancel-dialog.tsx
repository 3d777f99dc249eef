import { useTranslations } from 'use-intl'
import { useWriting } from '@/lib/clinic'
import type { Visit } from '../model'
import { ReasonDialog } from '../reason-dialog'
import { takenOf } from './blocks'
import type { useSessionWrites } from './use-session-writes'

type CancelProps = { item: Visit; sessions: ReturnType<typeof useSessionWrites>; onClose: () => void }

/** Of a session, with everybody in it: asks why. */
export default function CancelDialog({ item, sessions, onClose }: CancelProps) {
  const t = useTranslations('schedule')
  const { time } = useWriting()
  const { visit, seats = [] } = item
  const count = takenOf(seats.map(seat => seat.visit))
  return (
    <ReasonDialog
      title={t('group.cancelAll')}
      about={t('group.cancelAbout', { name: visit.patient.name, time: time(visit.starts_at), count })}
      common={[t('reasons.practice'), t('reasons.moved')]}
      confirm={t('group.cancelAll')}
      danger
      onClose={onClose}
      onConfirm={reason => {
        onClose()
        void sessions.cancel(item, reason)
      }}
    />
  )
}
