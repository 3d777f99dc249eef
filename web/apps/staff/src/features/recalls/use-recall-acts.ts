import type { NewAttempt, Recall } from '@chairside/api'
import { useNavigate } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { nameOfCalled } from './chip'
import { close, noteAttempt, reopen, snooze, takeAttemptBack, wake } from './writes'

/** What can be done with a recall: said when accepted, offered back for ten seconds. */
export function useRecallActs() {
  const t = useTranslations('recalls')
  const clinic = useSlug()
  const writing = useWriting()
  const navigate = useNavigate()
  const tell = useTell()
  const regret = useRegret()
  return {
    /** The schedule takes it from there, with whom and for what. */
    book: ({ patient, service_id }: Recall) =>
      navigate({
        to: '/c/$clinic/schedule',
        params: { clinic },
        search: { patient: patient.id, service: service_id ?? undefined },
      }),
    attempt: (recall: Recall, body: NewAttempt) =>
      send(noteAttempt(clinic, recall.id, body)).then(
        made =>
          tell(t('didAttempt', { name: nameOfCalled(recall), outcome: t(`outcomes.${body.outcome}`) }), () =>
            send(takeAttemptBack(clinic, recall.id, made.id)),
          ),
        regret,
      ),
    snooze: (recall: Recall, until: string) =>
      send(snooze(clinic, recall, until)).then(after => {
        const back = () =>
          recall.status === 'snoozed' && recall.snoozed_until
            ? send(snooze(clinic, after, recall.snoozed_until))
            : send(wake(clinic, after))
        tell(t('didSnooze', { name: nameOfCalled(recall), day: writing.day(until) }), back)
      }, regret),
    wake: (recall: Recall) =>
      send(wake(clinic, recall)).then(after => {
        const { snoozed_until } = recall
        tell(
          t('didWake', { name: nameOfCalled(recall) }),
          snoozed_until ? () => send(snooze(clinic, after, snoozed_until)) : undefined,
        )
      }, regret),
    close: (recall: Recall, reason: string) =>
      send(close(clinic, recall, reason)).then(
        after => tell(t('didClose', { name: nameOfCalled(recall), type: recall.type_name }), () => send(reopen(clinic, after))),
        regret,
      ),
    reopen: (recall: Recall) =>
      send(reopen(clinic, recall)).then(after => {
        const { closing_reason } = recall
        tell(
          t('didReopen', { name: nameOfCalled(recall), type: recall.type_name }),
          closing_reason ? () => send(close(clinic, after, closing_reason)) : undefined,
        )
      }, regret),
  }
}
export type RecallActs = ReturnType<typeof useRecallActs>
