import type { DayVisit } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { ReasonDialog } from '../reason-dialog'
import { bringSeriesBack, cancelSeries } from './writes'

/** Asks why; who has arrived, and what is over, stays as it is. */
export default function CancelSeriesDialog({ visit, onClose }: { visit: DayVisit; onClose: () => void }) {
  const t = useTranslations('series')
  const schedule = useTranslations('schedule')
  const clinic = useSlug()
  const writing = useWriting()
  const regret = useRegret()
  const tell = useTell()
  const { patient, series_id, series_number, starts_at } = visit
  async function cancelRest(reason: string) {
    onClose()
    try {
      const done = await send(cancelSeries(clinic, series_id ?? '', series_number ?? 1, reason))
      tell(t('cancelled', { count: done.appointment_ids.length, name: patient.name }), () =>
        send(bringSeriesBack(clinic, done.series_id, done.id)),
      )
    } catch (error) {
      regret(error)
    }
  }
  return (
    <ReasonDialog
      title={t('cancel')}
      about={t('cancelAbout', { name: patient.name, when: writing.dayOf(starts_at) })}
      common={[schedule('reasons.patient'), schedule('reasons.ill'), schedule('reasons.practice'), schedule('reasons.moved')]}
      confirm={t('cancel')}
      danger
      onClose={onClose}
      onConfirm={reason => void cancelRest(reason)}
    />
  )
}
