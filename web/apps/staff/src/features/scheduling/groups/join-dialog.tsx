import type { Patient } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { clock, useWriting } from '@/lib/clinic'
import { BookDialog, type Offered } from '../book-dialog'
import { dayPatient } from '../day-patient'
import type { Visit } from '../model'
import type { Resources } from '../queries'
import { useDayWords } from '../use-day-words'
import type { useVisitWrites } from '../use-visit-writes'
import { takenOf } from './blocks'

type JoinProps = {
  item: Visit
  patient?: Patient
  resources: Resources
  writes: ReturnType<typeof useVisitWrites>
  onClose: () => void
}

/** A seat in a session: time, place and reason are the session's, who it is for is what is left. */
export default function JoinDialog({ item, patient, resources, writes, onClose }: JoinProps) {
  const t = useTranslations('schedule')
  const writing = useWriting()
  const words = useDayWords()
  const { session, seats, visit } = item
  if (!session) return null
  const { starts_at, duration_minutes, provider_id, operatory_id } = visit
  const place = operatory_id ?? ''
  const offer = (): Offered => ({
    slot: { starts_at, duration_minutes, provider_id, operatory_id },
    otherId: provider_id,
    where: t('bookAt', { day: words.short(writing.dateOf(starts_at)), time: writing.time(starts_at), column: session.name }),
    joins: t('group.joins', { taken: takenOf(seats?.map(seat => seat.visit)), capacity: session.capacity }),
    over: Date.parse(starts_at) < clock().getTime(),
    free: true,
    closed: false,
  })
  const provider = resources.providers.find(one => one.id === provider_id)?.name ?? ''
  const room = resources.operatories.find(one => one.id === place)?.name
  return (
    <BookDialog
      offer={offer}
      services={resources.services.filter(one => one.id === session.service_id)}
      patient={patient}
      reason={session.service_id}
      other={{ label: t('provider'), choices: [[provider_id, [provider, room].filter(Boolean).join(' · ')]] }}
      onClose={onClose}
      onBook={(who, service, slot) => {
        onClose()
        void writes.book(slot, dayPatient(who), service, { group_session_id: session.id })
      }}
    />
  )
}
