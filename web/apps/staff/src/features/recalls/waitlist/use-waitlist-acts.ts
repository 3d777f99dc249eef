import type { Waiting } from '@chairside/api'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { nameOf } from '@/features/patients'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { stopWaiting, waitAgain } from './writes'

/** What can be done with somebody who waits: said when accepted, offered back for ten seconds. */
export function useWaitlistActs() {
  const t = useTranslations('recalls.waitlist')
  const clinic = useSlug()
  const navigate = useNavigate()
  const tell = useTell()
  const regret = useRegret()
  return {
    /** The schedule takes it from there, with whom and for what; a visit that they have already is moved from there. */
    book: ({ patient, service_id, appointment }: Waiting) =>
      navigate({
        to: '/c/$clinic/schedule',
        params: { clinic },
        search: appointment ? { carry: appointment.id } : { patient: patient.id, service: service_id },
      }),
    close: (entry: Waiting, reason: string) =>
      send(stopWaiting(clinic, entry, reason)).then(
        after => tell(t('didClose', { name: nameOf(entry.patient) }), () => send(waitAgain(clinic, after))),
        regret,
      ),
    reopen: (entry: Waiting) =>
      send(waitAgain(clinic, entry)).then(after => {
        const { closing_reason } = entry
        const back = closing_reason ? () => send(stopWaiting(clinic, after, closing_reason)) : undefined
        tell(t('didReopen', { name: nameOf(entry.patient) }), back)
      }, regret),
  }
}
export type WaitlistActs = ReturnType<typeof useWaitlistActs>
