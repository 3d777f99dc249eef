import type { Patient, PerioExam, PerioHead } from '@chairside/api'
import { Badge, Button, Dialog, DialogFoot, Kbd } from '@chairside/ui'
import { PenLine } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { ReasonDialog } from '@/features/scheduling'
import { useRegret } from '@/lib/answer'
import { useSlug, useWriting } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { restoreExam, signExam, strikeExam } from './writes'

type ExamActsProps = {
  patient: Patient
  exam: PerioExam
  head: PerioHead
  maySign: boolean
  mayDiscard: boolean
  settled: () => Promise<boolean>
  version: () => number
  /** The button that had the focus goes with what it did. */
  onSigned: () => void
}

/** Sign and discard while it is open; afterwards, what became of it. */
export function ExamActs({ patient, exam, head, maySign, mayDiscard, settled, version, onSigned }: ExamActsProps) {
  const t = useTranslations('perio')
  const states = useTranslations('states')
  const clinic = useSlug()
  const writing = useWriting()
  const tell = useTell()
  const regret = useRegret()
  const [asking, setAsking] = useState<'sign' | 'discard'>()
  const now = () => ({ id: exam.id, version: version() })
  async function sign() {
    setAsking(undefined)
    // What was typed last belongs to what is signed.
    if (!(await settled())) return
    await send(signExam(clinic, patient.id, now())).then(() => {
      tell(t('didSign'))
      onSigned()
    }, regret)
  }
  async function discard(reason: string) {
    setAsking(undefined)
    await settled()
    await send(strikeExam(clinic, patient.id, now(), reason)).then(
      struck => tell(t('didDiscard'), () => send(restoreExam(clinic, patient.id, struck))),
      regret,
    )
  }
  if (exam.status === 'signed') return <Badge>{t('signedOn', { day: writing.dayOf(exam.signed_at ?? exam.created_at) })}</Badge>
  if (exam.status === 'struck')
    return (
      <>
        <Badge tone="warn">{t('discarded', { reason: exam.strike_reason ?? '' })}</Badge>
        {mayDiscard && (
          <Button
            size="sm"
            variant="outline"
            onClick={() => void send(restoreExam(clinic, patient.id, exam)).then(() => tell(t('didRestore')), regret)}
          >
            {t('restore')}
          </Button>
        )}
      </>
    )
  return (
    <>
      {mayDiscard && (
        <Button size="sm" variant="ghost" onClick={() => setAsking('discard')}>
          {t('discard')}
        </Button>
      )}
      {maySign && (
        <Button size="sm" disabled={!head.indices.sites} onClick={() => setAsking('sign')}>
          <PenLine aria-hidden /> {t('sign')}
        </Button>
      )}
      {asking === 'sign' && (
        <Dialog
          open
          onClose={() => setAsking(undefined)}
          title={t('signTitle')}
          about={t('signAbout', { count: head.indices.sites })}
          close={states('close')}
          className="max-w-md"
        >
          <form
            className="pt-3"
            onSubmit={event => {
              event.preventDefault()
              void sign()
            }}
          >
            <DialogFoot>
              <Button variant="outline" onClick={() => setAsking(undefined)}>
                {states('back')}
              </Button>
              <Button type="submit" autoFocus>
                {t('sign')} <Kbd keys="Mod+Enter" />
              </Button>
            </DialogFoot>
          </form>
        </Dialog>
      )}
      {asking === 'discard' && (
        <ReasonDialog
          title={t('discardTitle')}
          about={t('discardAbout')}
          common={[t('reasons.patient'), t('reasons.mistake'), t('reasons.stopped')]}
          confirm={t('discard')}
          danger
          onClose={() => setAsking(undefined)}
          onConfirm={reason => void discard(reason)}
        />
      )}
    </>
  )
}
