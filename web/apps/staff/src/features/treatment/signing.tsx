import { isRefused, type Patient, type Presentation, type TreatmentPlan } from '@chairside/api'
import { Button, Field, notify } from '@chairside/ui'
import { Keyboard } from 'lucide-react'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Pad } from '@/features/scheduling/setup/signature/pad'
import { typed } from '@/features/scheduling/setup/signature/picture'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import type { Decisions } from './presentation'
import { accept } from './writes'

type Props = {
  patient: Patient
  plan: TreatmentPlan
  shown: Presentation
  items: Presentation['items']
  said: Decisions
}

/** Whoever decides signs what was said of each item; nothing of it changes afterwards. */
export function Signing({ patient, plan, shown, items, said }: Props) {
  const t = useTranslations('plans')
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  const [name, setName] = useState(`${patient.first_name} ${patient.last_name}`)
  const left = items.filter(one => said[one.id] === undefined).length
  const sign = (picture: string) => {
    if (left) return notify({ tone: 'danger', title: t('decideFirst', { count: left }) })
    const decisions = items.map(one => ({ item_id: one.id, accepted: !!said[one.id] }))
    const body = { number: shown.number, decisions, signer_name: name.trim(), picture }
    void send(accept({ clinic, patient: patient.id }, plan, body)).then(
      () => tell(t('did.signed')),
      error => {
        if (isRefused(error, 'PlanIsStale')) notify({ tone: 'danger', title: t('staleSigning') })
        else regret(error)
      },
    )
  }
  return (
    <section aria-label={t('signature')} className="grid max-w-2xl gap-3">
      <h2 className="font-semibold text-xl">{t('signature')}</h2>
      <p className="text-base text-muted-foreground">{t('signAbout')}</p>
      <Field
        label={t('signer')}
        value={name}
        maxLength={200}
        dir="auto"
        className="max-w-sm"
        onChange={event => setName(event.currentTarget.value)}
      />
      <Pad label={t('pad')} keep={t('sign')} onDone={sign} />
      <Button variant="ghost" className="w-fit" disabled={!name.trim()} onClick={() => sign(typed(name.trim()))}>
        <Keyboard aria-hidden /> {t('writeOut')}
      </Button>
    </section>
  )
}
