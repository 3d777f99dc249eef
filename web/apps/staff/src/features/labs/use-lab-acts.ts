import type { LabCase, LabStep } from '@chairside/api'
import { useTranslations } from 'use-intl'
import { useRegret } from '@/lib/answer'
import { useSlug } from '@/lib/clinic'
import { send } from '@/lib/server'
import { useTell } from '@/lib/tell'
import { takeStep, takeStepBack } from './writes'

/** A step of a lab case, said when accepted and offered back. */
export function useLabActs() {
  const t = useTranslations('labs')
  const clinic = useSlug()
  const tell = useTell()
  const regret = useRegret()
  return (one: LabCase, step: LabStep, reason?: string) =>
    send(takeStep(clinic, one, step, reason)).then(
      now => tell(t(`did.${step}`, { work: t(`works.${one.work}`) }), () => send(takeStepBack(clinic, now))),
      regret,
    )
}
